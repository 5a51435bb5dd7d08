import type { Source } from "../../../src/ports/source.ts"
import { type EsploraOptions, openEsploraSource } from "../../../src/readers/esplora/esplora-source.ts"
import { RemoteFault } from "../../../src/readers/http/remote-fault.ts"
import { EsploraServer, type EsploraServerOptions } from "../../../testing/explorers/esplora-server.ts"
import { CHAIN, COIN } from "./hand-ledger.ts"

/** Lends an explorer of the ledger made by hand, and closes it whatever happens. */
export async function withExplorer<Result>(
  work: (
    explorer: EsploraServer,
    open: (more?: Partial<EsploraOptions>) => Promise<Source>,
  ) => Promise<Result>,
  tip: number | null = null,
  dialect: EsploraServerOptions["dialect"] = "blockstream",
): Promise<Result> {
  const explorer = new EsploraServer(CHAIN.blocks, { tip, dialect })
  const url = await explorer.open()
  const quick = { requestsPerSecond: 1e6, retries: 3, backOffMs: 1, timeoutMs: 5_000 }
  const network = "regtest" as const
  const usual = { url, network, toHeight: null, asset: COIN, subsidyAt: null, cacheFolder: null, ...quick }
  try {
    return await work(explorer, more => openEsploraSource({ ...usual, ...more }))
  } finally {
    await explorer.close()
  }
}

/** What went wrong, as reason and detail. */
export async function faultOf(promise: Promise<unknown>): Promise<RemoteFault> {
  const error = await promise.then(
    () => new Error("expected a fault, there was none"),
    (thrown: unknown) => thrown,
  )
  if (error instanceof RemoteFault) return error
  throw error
}

export async function answerTo(source: Source, ref: string) {
  const [answer] = await source.answer([{ what: "theft", ref }])
  if (answer?.what !== "theft") throw new Error("expected a theft's place")
  return answer.found
}

/** The step that spends an output, by way of the step that makes it. */
export async function spenderOf(source: Source, ref: string) {
  const found = await answerTo(source, ref)
  if ("beyond" in found) throw new Error(`${ref} is beyond the horizon`)
  const to = found.step.credits[found.credit]?.to
  if (typeof to !== "number") throw new Error(`${ref} enters no pot`)
  const [answer] = await source.answer([{ what: "spender", pot: to }])
  if (answer?.what !== "spender") throw new Error("expected a spender")
  return answer.step
}
