import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import {
  EthereumServer,
  type Json,
  type ServedEthereumBlock,
} from "../../testing/explorers/ethereum-server.ts"
import { callsBelow, type TracedFrame } from "../../testing/explorers/traced-calls.ts"
import { type Anvil, startAnvil } from "../../testing/nodes/anvil.ts"
import { type StagedEthereum, stageEthereum } from "../../testing/nodes/staged-ethereum.ts"
import { ashiatoBeside } from "../cli/run-beside.ts"
import { newFolder } from "../cli/run-cli.ts"

/** The block by which a service of Ethereum's own network is known, and the height that we say the chain has. */
const LANDMARK = "0x4985f5ca3d2afbec36529aa96f74de3cc10a2a4a6c44f2157a57d2c6059a11bb"
const TIP = "0x1d4c00"

let anvil: Anvil
let staged: StagedEthereum
let server: EthereumServer
let url: string
const folder = newFolder()

const run = async (...args: string[]) => {
  const done = await ashiatoBeside(args, folder)
  expect(done.err, args.join(" ")).toBe("")
  expect(done.code, done.out).toBe(0)
  return done.out
}

async function served(height: number): Promise<ServedEthereumBlock> {
  const tag = `0x${height.toString(16)}`
  const block = (await anvil.call("eth_getBlockByNumber", tag, true)) as Json
  const receipts = (await anvil.call("eth_getBlockReceipts", tag)) as Json[]
  const traces =
    height === 0 ? [] : await anvil.call("debug_traceBlockByNumber", tag, { tracer: "callTracer" })
  const hashes = (block.transactions as Json[]).map(({ hash }) => String(hash))
  const calls = (traces as { result: TracedFrame }[]).flatMap(({ result }, at) =>
    callsBelow(hashes[at] ?? "", result),
  )
  return { block, receipts, calls }
}

beforeAll(async () => {
  anvil = await startAnvil(["--hardfork", "prague"])
  staged = await stageEthereum(anvil, "prague")
  const blocks = await Promise.all(Array.from({ length: staged.height + 1 }, (_, at) => served(at)))
  const balances = new Map<string, bigint>()
  for (const person of staged.people) {
    const held = BigInt((await anvil.call("eth_getBalance", person, "latest")) as string)
    balances.set(person.toLowerCase(), held)
  }
  server = new EthereumServer(blocks, {
    dialect: "etherscan",
    balanceOf: account => balances.get(account) ?? 0n,
  })
  // A short chain that passes for the one whose block 1,920,000 the program knows.
  const last = blocks.at(-1)?.block
  server.forge = (action, result, query) => {
    if (action === "eth_blockNumber") return TIP
    if (action !== "eth_getBlockByNumber" || query.get("tag") !== TIP) return result
    return { ...last, number: TIP, hash: LANDMARK, transactions: [] }
  }
  url = await server.open()
}, 120_000)

afterAll(async () => {
  await server?.close()
  await anvil?.stop()
})

it("a service of Etherscan's kind over a real node's chain gives the figures of the ledger", async () => {
  const ledger = ["--rpc", anvil.url, "--chain-id", "31337", "--up-to", "latest", "--ledger", "ledger"]
  await run("ingest", "ethereum", ...ledger)
  const asked = [
    "trace",
    "--theft",
    `${staged.txs.plain}#value,${staged.txs["plain, old price"]}#value`,
    "--json",
  ]
  const byLedger = JSON.parse(await run(...asked, "--ledger", "ledger"))
  const key = "A-SECRET-KEY"
  const said = await run(...asked, "--explorer", `${url}/v2/api?apikey=${key}`, "--chain", "ethereum")
  expect(said).not.toContain(key)
  const [found, expected] = [JSON.parse(said), byLedger].map(({ answers }) => answers[0].rules)
  for (const [rule, { total }] of Object.entries<{ total: unknown }>(expected)) {
    expect(found[rule].total, rule).toEqual(total)
  }
  const kept = readdirSync(join(folder, "ashiato.answers"), { recursive: true, withFileTypes: true })
  for (const { parentPath, name } of kept.filter(entry => entry.isFile())) {
    expect(`${name} ${readFileSync(join(parentPath, name), "utf8")}`).not.toContain(key)
  }
  expect(kept.length).toBeGreaterThan(0)
})
