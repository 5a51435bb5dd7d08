import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openBlockFolder } from "../../../src/readers/blocks/block-folder.ts"
import { Litecoind } from "../../../testing/nodes/litecoind.ts"
import { blocksIn } from "./written-folder.ts"

let node: Litecoind
let address: string

const mineBlocks = (count: number): Promise<unknown> => node.rpc("generatetoaddress", count, address)
const open = () => openBlockFolder({ folder: node.blocksFolder, network: "litecoinRegtest" })

/** The node's own best chain, block by block in its own words. */
async function chainOfNode(): Promise<{ hashes: string[]; blocks: string[] }> {
  const tip = Number(await node.rpc("getblockcount"))
  const [hashes, blocks]: [string[], string[]] = [[], []]
  for (let height = 0; height <= tip; height++) {
    const hash = String(await node.rpc("getblockhash", height))
    hashes.push(hash)
    blocks.push(String(await node.rpc("getblock", hash, 0)))
  }
  return { hashes, blocks }
}

async function expectChainOfNode(): Promise<void> {
  const { hashes, blocks } = await chainOfNode()
  const feed = await open()
  expect(feed.tip).toEqual({ height: hashes.length - 1, hash: hashes.at(-1) })
  const found = await blocksIn(feed)
  expect(found.map(({ bytes }) => Buffer.from(bytes).toString("hex"))).toEqual(blocks)
  for (const [height, hash] of hashes.entries()) expect(await feed.hashAt(height)).toBe(hash)
}

beforeAll(async () => {
  node = await Litecoind.start()
  await node.rpc("createwallet", "w")
  address = String(await node.rpc("getnewaddress"))
}, 120_000)

afterAll(() => node?.remove())

describe("the block files of a real node", () => {
  it("hold the node's chain while it runs, in rooms that are not filled", async () => {
    await mineBlocks(300)
    await expectChainOfNode()
  })

  it("hold it after a reorganisation, whose stale blocks stay in them", async () => {
    const before = (await chainOfNode()).hashes
    await node.rpc("invalidateblock", before[290])
    address = String(await node.rpc("getnewaddress"))
    await mineBlocks(20)
    await expectChainOfNode()
    expect((await open()).tip.height).toBe(309)
    expect(await (await open()).hashAt(295)).not.toBe(before[295])
  })

  it("hold it after the node was killed, and wrote over what it had not recorded", async () => {
    const other = String(await node.rpc("getnewaddress", "", "legacy"))
    await node.kill()
    // All is on the disk, but the node's own index of it is not.
    expect((await open()).tip.height).toBe(309)
    await node.startAgain()
    const kept = Number(await node.rpc("getblockcount"))
    expect(kept).toBeLessThan(309)
    // Three bytes longer each: what they leave of the old ones begins in the midst of a block.
    address = other
    await mineBlocks(300 - kept)
    await expectChainOfNode()
  })

  it("hold it after an orderly stop", async () => {
    const { hashes } = await chainOfNode()
    await node.stop()
    expect((await open()).tip).toEqual({ height: hashes.length - 1, hash: hashes.at(-1) })
  })

  it("are told apart from Bitcoin's, which have the same magic", async () => {
    await expect(openBlockFolder({ folder: node.blocksFolder, network: "regtest" })).rejects.toMatchObject({
      code: "blocks-other-network",
      detail: { found: "litecoin-regtest", expected: "regtest" },
    })
  })
})
