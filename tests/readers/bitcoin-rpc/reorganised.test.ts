import { expect, it } from "vitest"
import { blockAfter, type FakeNode, hashOf } from "./fake-node.ts"
import { blocksOf, problemOf, withNode } from "./with-node.ts"

/** Another branch from a height on, as long as the chain. */
function branchAt(node: FakeNode, height: number): Buffer[] {
  const blocks = node.blocks.slice(0, height)
  while (blocks.length < node.blocks.length) blocks.push(blockAfter(blocks.at(-1) as Buffer, "other"))
  return blocks
}

/** The node tells another branch's hashes from a height on, so many times, and has that branch's blocks. */
async function tellOther(node: FakeNode, other: readonly Buffer[], from: number, times: number) {
  const own = node.blocks
  // What it once had as its best chain it keeps.
  node.blocks = [...other]
  await fetch(node.url, { method: "POST", body: "[]" })
  node.blocks = own
  let left = times * (own.length - from)
  node.forge = ({ method, params }, answer) => {
    const height = Number(params[0])
    if (method !== "getblockhash" || height < from || left-- <= 0) return answer
    return { ...answer, result: hashOf(other[height] as Buffer) }
  }
}

it("hashes of a branch that the node has left are asked for again, where the block before still stands", () =>
  withNode(async (node, open) => {
    const feed = await open({ mostBlocks: 8 })
    await tellOther(node, branchAt(node, 15), 20, 1)
    const blocks = await blocksOf(feed, 0)
    expect(blocks.map(({ bytes }) => Buffer.from(bytes))).toEqual(node.blocks)
    const hashes = node.calls.filter(({ method }) => method === "getblockhash").map(({ params }) => params[0])
    // The genesis block at the opening, all, the one before the stranger, and all from there.
    expect(hashes.slice(1)).toEqual([
      ...Array(30).keys(),
      19,
      ...Array.from({ length: 10 }, (_, at) => 20 + at),
    ])
  }))

it("a block that is no child of the one before, and is told again, is told to the user with its height", () =>
  withNode(async (node, open) => {
    const feed = await open()
    await tellOther(node, branchAt(node, 15), 20, 2)
    const problem = await problemOf(blocksOf(feed, 0))
    expect(problem).toMatchObject({ code: "remote-reorganised", detail: { height: 20 } })
    expect(problem.where.file).toBe(node.url)
  }))

it("what was read before is read, up to the last block that is a child", () =>
  withNode(async (node, open) => {
    const feed = await open({ mostBlocks: 8 })
    await tellOther(node, branchAt(node, 15), 20, 2)
    const heights: number[] = []
    const read = async () => {
      for await (const batch of feed.blocks(3, 29)) heights.push(...batch.map(({ height }) => height))
    }
    expect((await problemOf(read())).code).toBe("remote-reorganised")
    expect(heights).toEqual(Array.from({ length: 17 }, (_, at) => 3 + at))
  }))

it("a chain that has left a block which was read is told with that block's height", () =>
  withNode(async (node, open) => {
    const feed = await open()
    const other = branchAt(node, 15)
    await tellOther(node, other, 20, 1)
    node.mischief = ([call]) => {
      // The change comes after the hashes were asked for.
      if (call?.method === "getblock") node.blocks = other
      return false
    }
    expect(await problemOf(blocksOf(feed, 0))).toMatchObject({
      code: "remote-reorganised",
      detail: { height: 19 },
    })
  }))

it("a chain that has become shorter than it was at the opening is told with the first height it lacks", () =>
  withNode(async (node, open) => {
    const feed = await open()
    node.blocks = node.blocks.slice(0, 20)
    expect(await problemOf(blocksOf(feed, 0))).toMatchObject({
      code: "remote-reorganised",
      detail: { height: 20 },
    })
  }))
