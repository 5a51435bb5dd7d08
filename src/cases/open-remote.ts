import { networkOfChain } from "../chains/bitcoin/network-name.ts"
import { type Chain, loadChain } from "../chains/chain.ts"
import type { OnProgress } from "../ports/progress.ts"
import { Problem } from "../units/problem.ts"
import type { OpenedRecords, Records } from "./records.ts"

/**
 * Where the raw answers of explorers and of NIS are kept, each with its SHA-256: in the folder that the command is run
 * in, to be seen, kept as evidence, or deleted. An interrupted trace goes on from them.
 */
export const ANSWERS_FOLDER = "ashiato.answers"

/** Opens a service that is asked while the trace runs. Without `--chain` it is Bitcoin's, or for NIS NEM's. */
export async function openRemote(
  records: Extract<Records, { kind: "rpc" | "nis" | "explorer" }>,
  stated: Chain | null,
  toHeight: number | null,
  onProgress: OnProgress,
): Promise<OpenedRecords> {
  const chain = stated ?? (await loadChain(records.kind === "nis" ? "nem" : "bitcoin"))
  const { url } = records
  const onAnswer = toldOf(url, onProgress)
  switch (records.kind) {
    case "explorer": {
      const { openExplorer } = await import("../readers/explorer/open-explorer.ts")
      const source = await openExplorer({
        url,
        chain,
        toHeight,
        cacheFolder: ANSWERS_FOLDER,
        onAnswer,
        ...pace(url),
      })
      return { source, chain, inputs: [] }
    }
    case "nis": {
      refuseOtherChain(chain, "nem", "--nis")
      const { openNisSource } = await import("../readers/nis/nis-source.ts")
      const source = await openNisSource({
        url,
        toHeight,
        cacheFolder: ANSWERS_FOLDER,
        onAnswer,
        ...pace(url),
      })
      return { source, chain, inputs: [] }
    }
    case "rpc": {
      const network = networkOfChain(chain.name)
      // An account's transactions are in no node's index: of those chains a ledger is made first.
      if (network === null) throw new Problem("rpc-needs-ledger", { chain: chain.name })
      const { openBitcoinRpcSource } = await import("../readers/bitcoin-rpc/rpc-source.ts")
      const cookie = records.cookieFile === null ? {} : { cookieFile: records.cookieFile }
      const source = await openBitcoinRpcSource({
        url,
        network,
        asset: chain.native,
        toHeight,
        onAnswer,
        ...cookie,
      })
      return { source, chain, inputs: [] }
    }
  }
}

/**
 * How a service is asked. One on this machine is the user's own, and need not be spared as one is that others pay for.
 */
export function pace(url: string): { readonly requestsPerSecond?: number; readonly atOnce?: number } {
  const host = URL.canParse(url) ? new URL(url).hostname : ""
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host) ? { requestsPerSecond: 200, atOnce: 4 } : {}
}

/** A trace does not know how many answers it will want: how many there were is told, by the host and no more of its address. */
export function toldOf(url: string, onProgress: OnProgress): (count: number) => void {
  const host = URL.canParse(url) ? new URL(url).host : url
  return count => onProgress(host, count, null, "answers")
}

function refuseOtherChain(chain: Chain, expected: string, option: string): void {
  if (chain.name !== expected) throw new Problem("option-conflict", { a: option, b: `--chain ${chain.name}` })
}
