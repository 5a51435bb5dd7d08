import type { Ingested } from "../cases/ingest.ts"
import type { IngestAccount } from "../cases/ingest-account.ts"
import type { Language } from "../messages/language.ts"
import { ledgerMessages } from "../messages/ledger.ts"
import type { OnProgress } from "../ports/progress.ts"
import { type IngestFrom, type IngestOptions, parseIngestOptions } from "./ingest-options.ts"
import { progressOn } from "./progress.ts"

/** What shells give for a program that Ctrl-C has stopped. */
const INTERRUPTED = 130

/** `ashiato ingest`: fills a ledger with what it lacks. Ctrl-C stores what is under way and stops. */
export async function ingestCommand(args: readonly string[], language: Language): Promise<number> {
  const options = parseIngestOptions(args)
  if (options === "help") {
    const { ingestHelp } = await import("../messages/help.ts")
    process.stdout.write(ingestHelp(language))
    return 0
  }
  const progress = progressOn(process.stderr, language)
  const abort = new AbortController()
  const onInterrupt = (): void => {
    if (abort.signal.aborted) process.exit(INTERRUPTED)
    abort.abort()
    process.stderr.write(`${ledgerMessages(language).stopping}\n`)
  }
  process.on("SIGINT", onInterrupt)
  try {
    const ingested = await run(options, progress.onProgress, abort.signal)
    progress.end()
    if (options.json) process.stdout.write(`${JSON.stringify({ schema: "ashiato/ingest/1", ...ingested })}\n`)
    else process.stdout.write(`${ledgerMessages(language).ingested(options.folder, ingested)}\n`)
    return ingested.interrupted ? INTERRUPTED : 0
  } finally {
    progress.end()
    process.off("SIGINT", onInterrupt)
  }
}

async function run(
  { folder, from, fromHeight, toHeight }: IngestOptions,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<Ingested> {
  const job = { folder, toHeight, onProgress, signal }
  if (from.what === "bitcoin") {
    const { ingestBitcoin } = await import("../cases/ingest-bitcoin.ts")
    const source =
      "blocks" in from
        ? ({ kind: "blocks", folder: from.blocks } as const)
        : ({ kind: "rpc", url: from.rpc, cookieFile: from.cookieFile } as const)
    return ingestBitcoin({ ...job, network: from.network, from: source })
  }
  const { ingestAccount } = await import("../cases/ingest-account.ts")
  return ingestAccount({ ...job, fromHeight, from: accountSource(from) })
}

function accountSource(from: Exclude<IngestFrom, { what: "bitcoin" }>): IngestAccount["from"] {
  switch (from.what) {
    case "ethereum": {
      const { chainId } = from
      if ("rpc" in from) {
        const { upTo, checkTokens } = from
        return { kind: "ethereum-node", url: from.rpc, chainId, upTo, checkTokens }
      }
      return { kind: "ethereum-export", folder: from.export, chainId }
    }
    case "nem":
      return { kind: "nis", url: from.nis }
    case "transfers":
      return { kind: "transfers", file: from.file, chain: from.chain }
  }
}
