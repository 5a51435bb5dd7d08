import type { Source } from "../../../src/ports/source.ts"
import type { EtherscanOptions } from "../../../src/readers/etherscan/etherscan-options.ts"
import { openEtherscanSource } from "../../../src/readers/etherscan/etherscan-source.ts"
import { RemoteFault } from "../../../src/readers/http/remote-fault.ts"
import type { EthereumLedger } from "../../../testing/explorers/ethereum-ledger.ts"
import { EthereumServer, type EthereumServerOptions } from "../../../testing/explorers/ethereum-server.ts"

export const ETH = { asset: "ETH", unit: "wei", decimals: 18 }

/** Lends a service of a ledger, and closes it whatever happens. */
export async function withService<Result>(
  ledger: EthereumLedger,
  options: Partial<EthereumServerOptions>,
  work: (
    server: EthereumServer,
    open: (more?: Partial<EtherscanOptions>) => Promise<Source>,
  ) => Promise<Result>,
): Promise<Result> {
  const balanceOf = ledger.balanceOf.bind(ledger)
  const server = new EthereumServer(ledger.blocks, { dialect: "etherscan", balanceOf, ...options })
  const url = await server.open()
  const quick = { requestsPerSecond: 1e6, retries: 2, backOffMs: 1, timeoutMs: 5_000 }
  const usual = { url, landmark: null, native: ETH, toHeight: null, cacheFolder: null, ...quick }
  try {
    return await work(server, more => openEtherscanSource({ ...usual, ...more }))
  } finally {
    await server.close()
  }
}

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

/** What is told of the account that a theft's credit enters. */
export async function accountAfter(source: Source, ref: string) {
  const found = await answerTo(source, ref)
  if ("beyond" in found) throw new Error(`${ref} is beyond the horizon`)
  const pot = found.step.credits[found.credit]?.to
  if (typeof pot !== "number") throw new Error(`${ref} enters no pot`)
  const [answer] = await source.answer([{ what: "account", pot, at: found.step.position }])
  if (answer?.what !== "account") throw new Error("expected an account")
  return answer
}
