import { expect, it } from "vitest"
import type { RawBlock } from "../../../src/ports/blocks.ts"
import type { Source } from "../../../src/ports/source.ts"
import { openBitcoinRpcSource, type RpcSourceOptions } from "../../../src/readers/bitcoin-rpc/rpc-source.ts"
import { mineChain } from "../../../testing/explorers/mined-chain.ts"
import type { OutputRow } from "../../../testing/oracle/rows.ts"
import { type FakeNode, hashOf, type Json } from "./fake-node.ts"
import { nodeOf } from "./ledger-node.ts"
import { problemOf } from "./with-node.ts"

const COIN = { asset: "coin", unit: "unit", decimals: 0 }

const out = (txid: string, vout: number, height: number, index: number, value: bigint): OutputRow => {
  return { txid, vout, height, index, time: "", address: `owner of ${txid}`, value }
}

/** A coinbase at 10; in 11 it is stolen by `loot` (90 and 8, fee 2); in 12 `hide` spends the 90; 13 is empty. */
function theChain(clock?: (height: number) => number): {
  blocks: readonly RawBlock[]
  txidOf: (name: string) => string
} {
  const outputs = [
    out("c10", 0, 10, 0, 100n),
    out("c11", 0, 11, 0, 2n),
    out("loot", 0, 11, 1, 90n),
    out("loot", 1, 11, 1, 8n),
    out("c12", 0, 12, 0, 40n),
    out("hide", 0, 12, 1, 50n),
    out("c13", 0, 13, 0, 0n),
  ]
  const inputs = [
    { txid: "loot", n: 0, spent_txid: "c10", spent_vout: 0 },
    { txid: "hide", n: 0, spent_txid: "loot", spent_vout: 0 },
  ]
  return mineChain({ shape: "utxo", outputs, inputs }, clock)
}

type Open = (more?: Partial<RpcSourceOptions>) => Promise<Source>

async function withChain(
  work: (node: FakeNode, open: Open, txidOf: (name: string) => string) => Promise<void>,
) {
  const { blocks, txidOf } = theChain()
  const node = nodeOf(blocks)
  const url = await node.open()
  const usual = { url, network: "regtest", asset: COIN, toHeight: null, retries: 0 } as const
  try {
    await work(node, more => openBitcoinRpcSource({ ...usual, ...more }), txidOf)
  } finally {
    await node.close()
  }
}

async function locate(source: Source, ref: string) {
  const [answer] = await source.answer([{ what: "theft", ref }])
  if (answer?.what !== "theft") throw new Error("expected a theft's place")
  return answer.found
}

async function spenderOf(source: Source, ref: string) {
  const found = await locate(source, ref)
  if ("beyond" in found) throw new Error(`${ref} is beyond the horizon`)
  const pot = found.step.credits[found.credit]?.to
  if (typeof pot !== "number") throw new Error(`${ref} enters no pot`)
  const [answer] = await source.answer([{ what: "spender", pot }])
  if (answer?.what !== "spender") throw new Error("expected a spender")
  return answer.step
}

it("tells where a theft is, who spends it, and what the coinbase has to give", () =>
  withChain(async (_, open, txidOf) => {
    const source = await open()
    const found = await locate(source, `${txidOf("loot")}:1`)
    if ("beyond" in found) throw new Error("beyond")
    expect(found.credit).toBe(1)
    expect(found.step).toMatchObject({
      shape: "utxo",
      kind: "transfer",
      grade: "chain",
      tx: { id: txidOf("loot"), height: 11 },
      debits: [{ amount: 100n }],
      credits: [{ amount: 90n }, { amount: 8n }],
    })
    expect((await spenderOf(source, `${txidOf("loot")}:0`))?.tx.id).toBe(txidOf("hide"))
    expect(await spenderOf(source, `${txidOf("loot")}:1`)).toBeNull()
    const at = found.step.coinbase
    if (at === undefined) throw new Error("no coinbase")
    const [coinbase] = await source.answer([{ what: "coinbase", at }])
    expect(coinbase).toMatchObject({
      step: {
        shape: "coinbase",
        kind: "reward",
        subsidy: 5_000_000_000n,
        fees: [{ position: found.step.position, amount: 2n }],
        credits: [{ amount: 2n }],
      },
    })
  }))

it("an output made before those asked about first is followed too, its blocks being the parents of those read", () =>
  withChain(async (node, open, txidOf) => {
    const source = await open()
    expect(await spenderOf(source, `${txidOf("hide")}:0`)).toBeNull()
    expect((await spenderOf(source, `${txidOf("c10")}:0`))?.tx.id).toBe(txidOf("loot"))
    // 10 to 13, and again those of which a step was made before they were scanned.
    expect(node.calls.filter(({ method }) => method === "getblock").length).toBeLessThanOrEqual(8)
  }))

it("what is beyond the horizon, or waits to be confirmed, or is on a branch that was left, is beyond", () =>
  withChain(async (node, open, txidOf) => {
    const early = await open({ toHeight: 11 })
    expect(early.horizon).toMatchObject({ height: 11, hash: hashOf(node.blocks[11] as Buffer) })
    expect(await locate(early, `${txidOf("hide")}:0`)).toEqual({ beyond: "coin" })
    expect(await spenderOf(early, `${txidOf("loot")}:0`)).toBeNull()
    const waiting = node.transactions.get(txidOf("hide")) as { hex: string; outputs: number }
    node.transactions.set(txidOf("hide"), { hex: waiting.hex, outputs: 1 })
    expect(await locate(await open(), `${txidOf("hide")}:0`)).toEqual({ beyond: "coin" })
    await expect(locate(await open(), `${txidOf("hide")}:1`)).rejects.toMatchObject({ code: "ref-unknown" })
  }))

it("clocks that run backwards in the blocks read are told", async () => {
  const { blocks, txidOf } = theChain(height => 1_500_000_000 - height * 60)
  const node = nodeOf(blocks)
  const url = await node.open()
  try {
    const source = await openBitcoinRpcSource({ url, network: "regtest", asset: COIN, toHeight: null })
    await spenderOf(source, `${txidOf("loot")}:1`)
    expect(source.notices).toEqual([
      { code: "clock-backwards", asset: null, detail: { at: "12", count: "2" } },
    ])
  } finally {
    await node.close()
  }
})

it.each([
  ["an index of something else", { coinstatsindex: { synced: true } }],
  ["none", {}],
  ["one that is not finished", { txindex: { synced: false, best_block_height: 5 } }],
])("a node without its index of transactions is told as such: %s", (_, indexes) =>
  withChain(async (node, open) => {
    node.indexes = indexes
    expect(await problemOf(open())).toMatchObject({ code: "node-without-index", where: { file: node.url } })
  }),
)

it("a node too old to say of its indexes is taken at its word for transactions", () =>
  withChain(async (node, open, txidOf) => {
    node.forge = ({ method, id }, answer) => {
      const unknown = { result: null, error: { code: -32601, message: "Method not found" }, id }
      return method === "getindexinfo" ? unknown : answer
    }
    expect(await locate(await open(), `${txidOf("loot")}:0`)).toMatchObject({ credit: 0 })
  }))

/** Changes one byte of a block behind its header's nonce, or in it. */
const spoiled = (hex: unknown, at: number): string => {
  const bytes = Buffer.from(String(hex), "hex")
  bytes[at] = (bytes[at] ?? 0) ^ 0xff
  return bytes.toString("hex")
}

it("a block whose transactions its header does not commit to is refused", () =>
  withChain(async (node, open, txidOf) => {
    const source = await open()
    const hash = hashOf(node.blocks[12] as Buffer)
    const { length } = node.blocks[12] as Buffer
    node.forge = ({ method, params }, answer): Json => {
      if (method !== "getblock" || params[0] !== hash) return answer
      // The lock time of the last transaction: the form of the block stands.
      return { ...answer, result: spoiled(answer.result, length - 1) }
    }
    expect(await problemOf(spenderOf(source, `${txidOf("loot")}:0`))).toMatchObject({
      code: "block-malformed",
      detail: { block: hash, reason: "merkle root does not match" },
    })
  }))

it("a block without proof of work is refused", () =>
  withChain(async (node, open, txidOf) => {
    const easy = Buffer.from(node.blocks[11] as Buffer)
    // The hardest target there is: nobody has worked for it.
    easy.writeUInt32LE(0x03000001, 72)
    node.blocks[11] = easy
    const loot = node.transactions.get(txidOf("loot"))
    node.transactions.set(txidOf("loot"), { hex: loot?.hex ?? "", outputs: 2, blockhash: hashOf(easy) })
    expect(await problemOf(locate(await open(), `${txidOf("loot")}:0`))).toMatchObject({
      code: "block-malformed",
      detail: { reason: "proof of work does not meet its target" },
    })
  }))

it.each([
  ["bytes of another transaction", "hide", "another transaction"],
  ["no hexadecimal", "", "not hexadecimal"],
])("what a transaction spends is proved by its bytes: %s", (_, other, said) =>
  withChain(async (node, open, txidOf) => {
    const hex = node.transactions.get(txidOf(other))?.hex ?? "zz"
    const before = node.transactions.get(txidOf("c10"))
    node.transactions.set(txidOf("c10"), { outputs: 1, ...before, hex })
    expect(await problemOf(locate(await open(), `${txidOf("loot")}:0`))).toMatchObject({
      code: "remote-nonsense",
      detail: { path: `getrawtransaction ${txidOf("c10")}`, said },
      where: { file: node.url },
    })
  }),
)

it("a block that does not have the transaction said to be in it is nonsense", () =>
  withChain(async (node, open, txidOf) => {
    const loot = node.transactions.get(txidOf("loot"))
    const blockhash = hashOf(node.blocks[12] as Buffer)
    node.transactions.set(txidOf("loot"), { hex: loot?.hex ?? "", outputs: 2, blockhash })
    expect(await problemOf(locate(await open(), `${txidOf("loot")}:0`))).toMatchObject({
      code: "remote-nonsense",
      detail: { said: "blockhash: block 12 does not have it" },
    })
  }))

it("a coinbase that claims more than subsidy and fees is nonsense", () =>
  withChain(async (_, open, txidOf) => {
    const source = await open({ subsidyAt: () => 1n })
    expect(await problemOf(locate(source, `${txidOf("c10")}:0`))).toMatchObject({
      code: "remote-nonsense",
      detail: { said: "the coinbase claims more than there is" },
    })
  }))

it("a chain that is reorganised while the trace runs is told", () =>
  withChain(async (node, open, txidOf) => {
    const source = await open()
    await locate(source, `${txidOf("loot")}:0`)
    const { blocks } = theChain(height => 1_500_000_001 + height * 600)
    const other = nodeOf(blocks)
    node.blocks = other.blocks
    expect(await problemOf(spenderOf(source, `${txidOf("loot")}:0`))).toMatchObject({
      code: "remote-reorganised",
      detail: { height: 11 },
    })
  }))

it("more payments than may be held in memory are told with a way out", () =>
  withChain(async (_, open, txidOf) => {
    const source = await open({ mostSpends: 0 })
    expect(await problemOf(spenderOf(source, `${txidOf("loot")}:0`))).toMatchObject({
      code: "scan-too-long",
      detail: { height: 11, horizon: 13, most: 0 },
    })
  }))
