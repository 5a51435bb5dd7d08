import { expect, it } from "vitest"
import { blockAfter, chainOf, GENESIS_HASH, hashOf } from "./fake-node.ts"
import { batchesOf, blocksOf, problemOf, withNode } from "./with-node.ts"

it("reads every block in order, its bytes as they are, and says from where", () =>
  withNode(async (node, open) => {
    const feed = await open()
    expect(feed.from).toBe(node.url)
    expect(feed.tip).toEqual({ height: 29, hash: hashOf(node.blocks[29] as Buffer) })
    const blocks = await blocksOf(feed, 0)
    expect(blocks.map(({ height }) => height)).toEqual(Array.from({ length: 30 }, (_, at) => at))
    expect(blocks.map(({ bytes }) => Buffer.from(bytes))).toEqual(node.blocks)
    await feed.close()
  }))

it("begins and ends anywhere: each part equals the whole's", () =>
  withNode(async (_, open) => {
    const feed = await open()
    const whole = await blocksOf(feed, 0)
    for (const from of [0, 1, 2, 13, 28, 29]) {
      for (const to of [from, 14, 29]) {
        expect(await blocksOf(feed, from, to), `${from} to ${to}`).toEqual(whole.slice(from, to + 1))
      }
    }
  }))

it("knows the hash at a height up to the tip, and none above or beyond", () =>
  withNode(async (node, open) => {
    const feed = await open()
    expect(await feed.hashAt(0)).toBe(GENESIS_HASH)
    expect(await feed.hashAt(29)).toBe(feed.tip.hash)
    expect(await feed.hashAt(30)).toBeNull()
    node.blocks.push(blockAfter(node.blocks[29] as Buffer))
    expect(await feed.hashAt(30)).toBeNull()
    expect((await problemOf(blocksOf(feed, 30, 30))).code).toBe("remote-not-found")
    node.blocks = node.blocks.slice(0, 20)
    expect(await feed.hashAt(25)).toBeNull()
  }))

it("asks for small blocks by the hundred, for large ones by the few, with bounded batches", () =>
  withNode(
    async (node, open) => {
      const feed = await open()
      const batches = await batchesOf(feed, 0, feed.tip.height)
      expect(batches.flat()).toHaveLength(1_200)
      const bytes = batches.map(batch => batch.reduce((sum, block) => sum + block.bytes.length, 0))
      const largest = Math.max(...node.blocks.map(({ length }) => length))
      // What was reckoned from small blocks may meet large ones once.
      expect(Math.max(...bytes)).toBeLessThan(32 * 2 ** 20)
      expect(Math.max(...bytes.slice(-3))).toBeLessThanOrEqual(4 * 2 ** 20 + largest)
      expect(Math.max(...batches.map(batch => batch.length))).toBeGreaterThan(200)
      expect(node.requests.length).toBeLessThan(60)
      // How many there are at once is a matter of time; that they are never more is not.
      expect(node.mostAtOnce).toBeLessThanOrEqual(3)
    },
    chainOf(1_200, height => (height > 1_150 ? 400_000 : 60)),
  ))

it("keeps a batch to as many blocks as asked", () =>
  withNode(async (_, open) => {
    const batches = await batchesOf(await open({ mostBlocks: 3 }), 0, 29)
    expect(Math.max(...batches.map(batch => batch.length))).toBe(3)
  }))

it("reads one batch ahead, and no more however long its reader takes", () =>
  withNode(async (node, open) => {
    const feed = await open({ mostBlocks: 2 })
    const run = feed.blocks(0, 29)[Symbol.asyncIterator]()
    await run.next()
    await new Promise(resolve => {
      setTimeout(resolve, 100)
    })
    expect(node.calls.filter(({ method }) => method === "getblock")).toHaveLength(4)
    await run.return?.()
  }))

it("a reader who stops is not told of what went wrong with the batch behind", () =>
  withNode(async (node, open) => {
    const feed = await open({ mostBlocks: 2 })
    for await (const batch of feed.blocks(0, 29)) {
      node.mischief = (_, response) => {
        response.writeHead(403).end()
        return true
      }
      expect(batch[0]?.height).toBe(0)
      break
    }
    await new Promise(resolve => {
      setTimeout(resolve, 50)
    })
  }))

it("an answer too large for its limit is asked for again in smaller parts, once it is one block it is told", () =>
  withNode(
    async (node, open) => {
      const feed = await open({ maxBytes: 300_000 })
      // 40 small blocks, then one of 100,000 bytes after the other: two a request go, four do not.
      // Element by element, two million of them would take the comparison five seconds.
      const read = Buffer.concat((await blocksOf(feed, 0)).map(({ bytes }) => bytes))
      expect(read.equals(Buffer.concat(node.blocks))).toBe(true)
      const small = await open({ maxBytes: 100_000 })
      expect(await problemOf(blocksOf(small, 0))).toMatchObject({
        code: "remote-too-large",
        detail: { path: `getblock ${hashOf(node.blocks[40] as Buffer)} 0`, said: "more than 100000 bytes" },
      })
    },
    chainOf(60, height => (height >= 40 ? 100_000 : 60)),
  ))
