import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { decodeBlock, verifiedTxids } from "../../src/chains/bitcoin/block.ts"
import { CONSENSUS } from "../../src/chains/bitcoin/consensus.ts"
import { displayed } from "../../src/chains/bitcoin/hash.ts"
import { blockHashOf } from "../../src/chains/bitcoin/header.ts"
import { ownersOn } from "../../src/chains/bitcoin/owner.ts"
import { checkProofOfWork } from "../../src/chains/bitcoin/proof-of-work.ts"
import { templateOf } from "../../src/chains/bitcoin/script.ts"
import { subsidyAt } from "../../src/chains/bitcoin/subsidy.ts"
import type { BlockFeed, RawBlock } from "../../src/ports/blocks.ts"
import { type BitcoinNodeOptions, openBitcoinNode } from "../../src/readers/bitcoin-rpc/bitcoin-node.ts"
import { RpcClient } from "../../src/readers/bitcoin-rpc/rpc-client.ts"
import { Litecoind } from "../../testing/nodes/litecoind.ts"
import { type Story, stageTheft } from "../../testing/nodes/staged-theft.ts"
import { sha256, sha256d, WORK } from "../chains/bitcoin/real-bytes.ts"
import { blocksOf, problemOf } from "../readers/bitcoin-rpc/with-node.ts"

const consensus = CONSENSUS.litecoinRegtest
const NETWORK = "litecoinRegtest"

let node: Litecoind
let story: Story

const open = (more: Partial<BitcoinNodeOptions> = {}): Promise<BlockFeed<RawBlock>> =>
  openBitcoinNode({ url: node.url, network: NETWORK, backOffMs: 50, retries: 2, ...more })

const hexOf = (blocks: readonly RawBlock[]): string[] =>
  blocks.map(({ height, bytes }) => `${height} ${Buffer.from(bytes).toString("hex")}`)

function kindOf(script: Uint8Array): string {
  const template = templateOf(script)
  if (template.kind !== "witness") return template.kind
  return `witness ${template.version} ${template.program.length}`
}

beforeAll(async () => {
  node = await Litecoind.start()
  story = await stageTheft(node.rpc)
}, 120_000)

afterAll(() => node?.remove())

describe("a real node's blocks, read by RPC", () => {
  it("are all there, and are those that the node tells of in its own words", async () => {
    const feed = await open()
    const { blocks, outputs, inputs } = story.chain
    expect(feed.tip).toEqual({ height: story.tip, hash: blocks.at(-1)?.hash })
    expect(feed.from).toBe(node.address)
    const owners = ownersOn(NETWORK, sha256)
    const found = { blocks: [] as unknown[], outputs: [] as unknown[], inputs: [] as unknown[] }
    const kinds = new Set<string>()
    for (const { height, bytes } of await blocksOf(feed, 0)) {
      const block = decodeBlock(bytes, consensus)
      checkProofOfWork(block.header, consensus, WORK)
      const txids = verifiedTxids(block, sha256d).map(displayed)
      const { time } = block.header
      found.blocks.push({ height, hash: displayed(blockHashOf(block.header, sha256d)), time, txids })
      for (const [index, transaction] of block.transactions.entries()) {
        const txid = txids[index]
        for (const [vout, { script, value }] of transaction.outputs.entries()) {
          kinds.add(kindOf(script))
          const row = { txid, vout, height, index, time: String(time) }
          found.outputs.push({ ...row, address: owners(script) ?? "", value: BigInt(value) })
        }
        if (transaction.isCoinbase) continue
        for (const [n, { prevTxid, prevVout }] of transaction.inputs.entries()) {
          found.inputs.push({ txid, n, spent_txid: displayed(prevTxid), spent_vout: prevVout })
        }
      }
    }
    expect(found.blocks).toEqual(blocks)
    expect(found.inputs).toEqual(inputs)
    expect(found.outputs).toEqual(outputs)
    // Every kind of script that wallets make is among them: else their agreement would say little.
    const all = [
      "p2pkh",
      "p2sh",
      "witness 0 20",
      "witness 0 32",
      "witness 1 32",
      "p2pk",
      "multisig",
      "unspendable",
    ]
    expect([...kinds].sort()).toEqual(all.sort())
  })

  it("claim the subsidy and their fees, but for one block which leaves a fee to nobody", async () => {
    const { outputs, inputs } = story.chain
    const amountOf = new Map(outputs.map(({ txid, vout, value }) => [`${txid}:${vout}`, value]))
    const unclaimed: number[] = []
    for (const { height, txids } of story.chain.blocks) {
      const mine = outputs.filter(row => row.height === height)
      const spent = inputs.filter(({ txid }) => txids.includes(txid))
      const sum = (values: readonly (bigint | undefined)[]) =>
        values.reduce<bigint>((total, value) => total + (value ?? 0n), 0n)
      const made = sum(mine.map(({ value }) => value))
      const allowed =
        subsidyAt(height, consensus) +
        sum(spent.map(row => amountOf.get(`${row.spent_txid}:${row.spent_vout}`)))
      expect(made, `height ${height}`).toBeLessThanOrEqual(allowed)
      if (made < allowed) unclaimed.push(height)
    }
    expect(unclaimed).toEqual([story.unclaimedAt])
  })

  it("resumed anywhere, equal the whole", async () => {
    const feed = await open({ mostBlocks: 7 })
    const whole = hexOf(await blocksOf(feed, 0))
    expect(whole).toHaveLength(story.tip + 1)
    for (const from of [0, 1, 111, 113, story.tip]) {
      expect(hexOf(await blocksOf(feed, from)), `from ${from}`).toEqual(whole.slice(from))
    }
    expect(await feed.hashAt(113)).toBe(story.chain.blocks[113]?.hash)
    expect(await feed.hashAt(story.tip + 1)).toBeNull()
  })
})

describe("a real node", () => {
  it("says that the password is wrong, and that it is on another network", async () => {
    const wrong = node.url.replace("u:p@", "u:wrong@")
    expect(await problemOf(open({ url: wrong }))).toMatchObject({
      code: "remote-unauthorised",
      where: { file: node.address },
    })
    expect(await problemOf(open({ url: node.address }))).toMatchObject({ code: "remote-unauthorised" })
    expect(await problemOf(open({ network: "regtest" }))).toMatchObject({
      code: "remote-other-network",
      detail: { expected: "regtest", found: "litecoin-regtest" },
    })
  })

  it("refuses in its own words", async () => {
    const client = await RpcClient.open({ url: node.url })
    const refused = (method: string, ...params: (string | number)[]) =>
      problemOf(client.values([{ method, params }]))
    const hash = "f".repeat(64)
    expect((await refused("getblock", hash, 0)).detail.path).toBe(
      `getblock ${hash} 0 (error -5: Block not found)`,
    )
    expect((await refused("getblockhash", 10_000)).detail.path).toBe(
      "getblockhash 10000 (error -8: Block height out of range)",
    )
    expect((await refused("getnothing")).detail.path).toBe("getnothing (error -32601: Method not found)")
    expect((await refused("getblockhash", "x")).detail.said).toMatch(
      /^error -1: JSON value is not an integer/,
    )
  })

  it("killed in the middle is told as gone; started again, it is read on from there", async () => {
    // What it has not yet written is lost with it: it writes when it is stopped.
    await node.stop()
    await node.startAgain()
    const feed = await open({ mostBlocks: 5 })
    const read: RawBlock[] = []
    let killed = false
    const readOn = async (from: BlockFeed<RawBlock>) => {
      for await (const batch of from.blocks(read.length, story.tip)) {
        read.push(...batch)
        if (read.length <= 100 || killed) continue
        killed = true
        await node.kill()
      }
    }
    expect(await problemOf(readOn(feed))).toMatchObject({
      code: "remote-unreachable",
      where: { file: node.address },
    })
    expect(read.length).toBeGreaterThan(100)
    expect(read.length).toBeLessThan(story.tip)
    await node.startAgain()
    await readOn(await open())
    expect(hexOf(read)).toEqual(hexOf(await blocksOf(await open(), 0)))
  })

  it("that is only starting is waited for", async () => {
    await node.stop()
    const starting = node.startAgain()
    const feed = await open({ retries: 8 })
    expect(feed.tip.height).toBe(story.tip)
    await starting
  })
})

describe("a real node with a cookie file", () => {
  it("tells the same story, block for block; its cookie is read anew when it was started anew", async () => {
    const other = await Litecoind.start({ cookie: true })
    try {
      const again = await stageTheft(other.rpc)
      expect(again).toEqual(story)
      await other.stop()
      await other.startAgain()
      const url = other.address
      const feed = await openBitcoinNode({
        url,
        network: NETWORK,
        cookieFile: other.cookieFile,
        mostBlocks: 5,
        backOffMs: 50,
      })
      const read: RawBlock[] = []
      for await (const batch of feed.blocks(0, story.tip)) {
        read.push(...batch)
        if (read.length < 50 || read.length > 54) continue
        await other.stop()
        await other.startAgain()
      }
      expect(hexOf(read)).toEqual(hexOf(await blocksOf(await open(), 0)))
    } finally {
      await other.remove()
    }
  })
})
