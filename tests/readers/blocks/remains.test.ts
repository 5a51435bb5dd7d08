import { describe, expect, it } from "vitest"
import { openBlockFolder } from "../../../src/readers/blocks/block-folder.ts"
import { GENESIS, hashOf, mine } from "./made-chain.ts"
import { CHAIN, expectBlocks, KEY } from "./small-chain.ts"
import { blocksIn, read, record, records, withFolder } from "./written-folder.ts"

const noise = (length: number): Uint8Array => Uint8Array.from({ length }, (_, n) => (n * 89 + 7) % 251)

describe("what stands between the blocks", () => {
  it.each([1, 3, 8, 100, 4093, 4094, 4095, 4096, 1_100_000])(
    "is passed over: %i bytes of noise, or zeros",
    async length => {
      for (const gap of [noise(length), new Uint8Array(length)]) {
        const bytes = [
          gap,
          ...CHAIN.flatMap((block, n) => (n % 3 === 0 ? [record(block), gap] : [record(block)])),
        ]
        const files = { 0: Buffer.concat(bytes), 1: gap, 2: new Uint8Array(0) }
        expectBlocks(await read({ files }), CHAIN)
        expectBlocks(await read({ files, key: KEY, padding: 13 }), CHAIN)
      }
    },
  )

  it("may look like a block: a whole one is needed to go on from", async () => {
    const [fifth, sixth] = [CHAIN[5], CHAIN[6]] as [Uint8Array, Uint8Array]
    const torn = fifth.slice()
    torn[90] = (torn[90] as number) ^ 1
    // What a crash left of records that lay there before: a header without its body, sizes of all kinds.
    const remains = Buffer.concat([
      noise(10),
      record(sixth.subarray(0, 80), "regtest", 85),
      record(torn),
      record(new Uint8Array(80), "regtest", 0xffffffff),
      record(new Uint8Array(0), "regtest", 3000),
    ])
    const files = { 0: Buffer.concat([records(CHAIN.slice(0, 5)), remains, records(CHAIN.slice(5))]) }
    expectBlocks(await read({ files }), CHAIN)
  })

  it("is searched from within the block before it, whose size may be too large", async () => {
    const wrong = record(CHAIN[4] as Uint8Array, "regtest", (CHAIN[4] as Uint8Array).length + 50)
    const files = { 0: Buffer.concat([records(CHAIN.slice(0, 4)), wrong, records(CHAIN.slice(5))]) }
    await withFolder({ files }, async folder => {
      const feed = await openBlockFolder({ folder, network: "regtest" })
      // The block with the wrong size is left to the decoder, which finds bytes too many in it.
      expect(feed.tip.height).toBe(12)
      const blocks = await blocksIn(feed)
      expect(blocks.map(({ bytes }) => hashOf(bytes))).toEqual(CHAIN.map(hashOf))
      expect(blocks[4]?.bytes.length).toBe((CHAIN[4] as Uint8Array).length + 50)
    })
  })

  it("does not matter to a stale block whose parent was never there", async () => {
    const parent = mine({ parent: GENESIS.regtest, tag: 700, time: 1_200_000_000 })
    const stale = mine({ parent, tag: 701, time: 1_200_000_000 })
    const files = { 0: Buffer.concat([noise(300), records([...CHAIN, stale])]) }
    expectBlocks(await read({ files }), CHAIN)
  })

  it("is told where a block was lost in it", async () => {
    const files = {
      0: Buffer.concat([records(CHAIN.slice(0, 9)), noise(300), records(CHAIN.slice(10))]),
    }
    const lost = hashOf(CHAIN[9] as Uint8Array)
    expect(await read({ files })).toMatchObject({
      code: "blocks-incomplete",
      detail: { height: 9, hash: lost },
    })
  })
})

describe("the last block of the last file", () => {
  const whole = records(CHAIN)
  const last = record(CHAIN[12] as Uint8Array)

  it("is left where it is cut off, at whatever byte", async () => {
    for (let cut = 1; cut < last.length; cut++) {
      expectBlocks(await read({ files: { 0: whole.subarray(0, whole.length - cut) } }), CHAIN.slice(0, 12))
    }
  })

  it("is left where room was made for it and not filled, with a key and without", async () => {
    const big = mine({ parent: CHAIN[12] as Uint8Array, tag: 500, outputs: 20 })
    const written = record(big)
    const marked = written.length - 70
    for (const filled of [2, 6, 8, 50, 88, 200, marked]) {
      const files = { 0: Buffer.concat([whole, written.subarray(0, filled)]) }
      for (const key of [undefined, KEY]) {
        const found = await read({ files, padding: 5000, ...(key && { key }) })
        expectBlocks(found, CHAIN)
      }
    }
    expectBlocks(await read({ files: { 0: Buffer.concat([whole, written]) }, padding: 5000 }), [
      ...CHAIN,
      big,
    ])
  })

  it("is asked for where others descend from it", async () => {
    const files = {
      0: records(CHAIN.slice(12)),
      1: records(CHAIN.slice(0, 12)).subarray(0, -1),
    }
    expect(await read({ files })).toMatchObject({
      code: "block-malformed",
      detail: { block: hashOf(CHAIN[11] as Uint8Array), reason: "the file ends within it" },
      where: { file: expect.stringMatching(/blk00001.dat$/) },
    })
  })

  it("is taken from elsewhere where it stands there whole", async () => {
    const files = { 0: records(CHAIN.slice(5)), 1: records(CHAIN.slice(0, 7)).subarray(0, -9) }
    expectBlocks(await read({ files }), CHAIN)
  })

  it("is at fault where whole blocks come after it: it is its size that is wrong", async () => {
    const wrong = record(CHAIN[4] as Uint8Array, "regtest", 1_000_000)
    const files = { 0: Buffer.concat([records(CHAIN.slice(0, 4)), wrong, records(CHAIN.slice(5))]) }
    expect(await read({ files })).toMatchObject({
      code: "block-malformed",
      detail: { reason: "the file ends within it", at: records(CHAIN.slice(0, 4)).length },
    })
  })

  it("is at fault where its work is not done", async () => {
    const damaged = (CHAIN[12] as Uint8Array).slice()
    damaged[75] = 0x1d
    const files = { 0: records([...CHAIN.slice(0, 12), damaged]) }
    expect(await read({ files })).toMatchObject({ code: "block-malformed" })
  })
})
