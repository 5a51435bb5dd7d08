import { describe, expect, it } from "vitest"
import { openBlockFolder } from "../../../src/readers/blocks/block-folder.ts"
import { blocksOf, FIRST_BLOCKS, itReads } from "../../chains/bitcoin/real-bytes.ts"
import { GENESIS, HARDEST, hashOf, mine, mineChain } from "./made-chain.ts"
import { CHAIN, expectBlocks, KEY, shuffled } from "./small-chain.ts"
import { blocksIn, read, record, records, withFolder } from "./written-folder.ts"

describe("block files of the first 256 blocks of mainnet", () => {
  const chainOf = (file: Uint8Array): Uint8Array[] => [GENESIS.mainnet, ...blocksOf(file)]

  itReads(
    "come out in order, whatever order and files they are in, under a key",
    [FIRST_BLOCKS],
    async ([file]) => {
      const chain = chainOf(file as Uint8Array)
      const inFiles = shuffled(chain)
      const files = {
        0: records(inFiles.slice(0, 100), "mainnet"),
        1: records(inFiles.slice(100, 101), "mainnet"),
        // Five digits are a minimum: as text this would come first.
        100000: records(inFiles.slice(101), "mainnet"),
      }
      // As the real file has them, magic and sizes among it.
      expect(Buffer.compare(records(chain.slice(1), "mainnet"), file as Uint8Array)).toBe(0)
      for (const more of [{}, { key: KEY }, { key: KEY, padding: 70_001 }, { padding: 70_001 }]) {
        expectBlocks(await read({ files, ...more }, "mainnet"), chain)
      }
    },
  )

  itReads("know their tip and the hash at each height", [FIRST_BLOCKS], async ([file]) => {
    const chain = chainOf(file as Uint8Array)
    await withFolder({ files: { 0: records(chain, "mainnet") } }, async folder => {
      const told: number[] = []
      const onProgress = (what: string, done: number, total: number | null) => {
        expect([what, total]).toEqual([folder, records(chain, "mainnet").length])
        told.push(done)
      }
      const feed = await openBlockFolder({ folder, network: "mainnet", onProgress })
      expect(told).toEqual([records(chain, "mainnet").length])
      expect(feed.from).toBe(folder)
      expect(feed.tip).toEqual({ height: 255, hash: hashOf(chain[255] as Uint8Array) })
      expect(await feed.hashAt(0)).toBe("000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f")
      expect(await feed.hashAt(1)).toBe("00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048")
      expect(await feed.hashAt(255)).toBe(feed.tip.hash)
      expect([await feed.hashAt(256), await feed.hashAt(-1)]).toEqual([null, null])
      const some = await blocksIn(feed, 168, 171)
      expect(some.map(({ height }) => height)).toEqual([168, 169, 170, 171])
      expectBlocks(
        some.map(({ bytes }) => bytes),
        chain.slice(168, 172),
      )
      expect(await blocksIn(feed, 250, 400)).toHaveLength(6)
      expect(await blocksIn(feed, 256, 400)).toEqual([])
      expect(await blocksIn(feed, 9, 8)).toEqual([])
      await feed.close()
    })
  })
})

describe("the chain that is followed", () => {
  it("is the one with the most work, not the longest and not the first", async () => {
    const long = mineChain(CHAIN[3] as Uint8Array, 5, 100)
    const heavy = mineChain(CHAIN[3] as Uint8Array, 2, 200, HARDEST)
    const files = { 0: records([...CHAIN.slice(0, 5), ...long, ...heavy]) }
    expectBlocks(await read({ files }), [...CHAIN.slice(0, 4), ...heavy])
  })

  it("is, of two with equal work, the one whose last block stands first", async () => {
    const other = mineChain(CHAIN[11] as Uint8Array, 1, 100)
    expectBlocks(await read({ files: { 0: records([...CHAIN, ...other]) } }), CHAIN)
    const files = { 0: records([...CHAIN.slice(0, 12), ...other, ...CHAIN.slice(12)]) }
    expectBlocks(await read({ files }), [...CHAIN.slice(0, 12), ...other])
  })

  it("passes over stale branches, and over the same block a second time", async () => {
    const stale = [3, 7, 7].flatMap((at, n) => mineChain(CHAIN[at] as Uint8Array, 2, 100 * (n + 1)))
    const files = { 0: records([...CHAIN, ...stale]), 1: records([...CHAIN, ...CHAIN]) }
    expectBlocks(await read({ files }), CHAIN)
  })

  it("is read from the first copy of a block", async () => {
    const other = (CHAIN[7] as Uint8Array).slice()
    other[85] = 0xee
    const copies = [
      [...CHAIN, other],
      [...CHAIN.slice(0, 7), other, ...CHAIN.slice(7)],
    ] as const
    expectBlocks(await read({ files: { 0: records(copies[0]) } }), CHAIN)
    const found = await read({ files: { 0: records(copies[1]) } })
    expectBlocks(found, [...CHAIN.slice(0, 7), other, ...CHAIN.slice(8)])
  })

  it("ends where a node that catches up lacks a block, though later ones are there", async () => {
    const ahead = CHAIN.filter((_, height) => height !== 9)
    expectBlocks(await read({ files: { 0: records(ahead) } }), CHAIN.slice(0, 9))
  })

  it("lacks blocks where more are ahead than a node fetches", async () => {
    const long = mineChain(CHAIN[12] as Uint8Array, 1026, 100)
    const [lost, ...ahead] = long as [Uint8Array, ...Uint8Array[]]
    const found = await read({ files: { 0: records([...CHAIN, ...ahead]) } })
    expect(found).toMatchObject({ code: "blocks-incomplete", detail: { height: 13, hash: hashOf(lost) } })
    expectBlocks(await read({ files: { 0: records([...CHAIN, ...ahead.slice(0, 1024)]) } }), CHAIN)
  })

  it("lacks its beginning where a node has pruned it", async () => {
    const found = await read({ files: { 7: records(CHAIN.slice(4)) } })
    expect(found).toMatchObject({
      code: "blocks-incomplete",
      detail: { height: 0, hash: hashOf(GENESIS.regtest) },
    })
  })

  it("may be the first block alone", async () => {
    expectBlocks(await read({ files: { 0: records([GENESIS.regtest]) }, padding: 9 }), [GENESIS.regtest])
  })

  it.each(Object.entries(GENESIS))("may be the first block of %s", async (name, block) => {
    const network = name as keyof typeof GENESIS
    expectBlocks(await read({ files: { 0: record(block, network) } }, network), [block])
  })

  it("is found on Litecoin's test network, whose work is another hash", async () => {
    const chain: Uint8Array[] = [GENESIS.litecoinRegtest]
    for (let tag = 1; tag < 20; tag++) {
      chain.push(mine({ parent: chain.at(-1) as Uint8Array, tag, network: "litecoinRegtest" }))
    }
    expectBlocks(await read({ files: { 0: records(chain) } }, "litecoinRegtest"), chain)
  })
})

describe("batches", () => {
  it("hold 8 MiB at most, whole blocks, in a buffer of their own that may be given away", async () => {
    const chain = [GENESIS.regtest]
    for (let tag = 1; tag < 1700; tag++) {
      chain.push(mine({ parent: chain.at(-1) as Uint8Array, tag, outputs: 250 }))
    }
    const size = (chain[1] as Uint8Array).length
    await withFolder({ files: { 0: records(shuffled(chain)) }, key: KEY }, async folder => {
      const feed = await openBlockFolder({ folder, network: "regtest" })
      let next = 0
      const buffers = new Set<ArrayBufferLike>()
      const sizes: number[] = []
      for await (const batch of feed.blocks(0, feed.tip.height)) {
        sizes.push(batch.reduce((sum, { bytes }) => sum + bytes.length, 0))
        const [buffer, ...others] = new Set(batch.map(({ bytes }) => bytes.buffer))
        expect(others).toEqual([])
        // Nothing else is in it but magic and size of each.
        expect(buffer?.byteLength).toBeLessThanOrEqual((sizes.at(-1) ?? 0) + 8 * batch.length)
        expect(buffers.has(buffer as ArrayBufferLike)).toBe(false)
        buffers.add(buffer as ArrayBufferLike)
        for (const { height, bytes } of batch) {
          expect(height).toBe(next)
          expect(Buffer.compare(bytes, chain[next] as Uint8Array)).toBe(0)
          next++
        }
        structuredClone(buffer, { transfer: [buffer as ArrayBuffer] })
      }
      expect(next).toBe(1700)
      expect(sizes.length).toBe(Math.ceil((1699 * size) / 2 ** 23))
      for (const bytes of sizes) expect(bytes).toBeLessThanOrEqual(2 ** 23)
      expect(sizes[0]).toBeGreaterThan(2 ** 23 - size)
    })
  })

  it("are larger where a single block is", async () => {
    const next = mine({ parent: CHAIN[12] as Uint8Array, tag: 1 })
    const large = Buffer.concat([next, new Uint8Array(9 * 2 ** 20).fill(1)])
    const blocks = [...CHAIN, large, ...mineChain(large, 3)]
    await withFolder({ files: { 0: records(blocks) }, key: KEY }, async folder => {
      const feed = await openBlockFolder({ folder, network: "regtest" })
      const lengths: number[] = []
      for await (const batch of feed.blocks(0, feed.tip.height)) lengths.push(batch.length)
      expect(lengths).toEqual([13, 1, 3])
      expectBlocks(
        (await blocksIn(feed)).map(({ bytes }) => bytes),
        blocks,
      )
    })
  })

  it("end when nobody asks for more", async () => {
    await withFolder({ files: { 0: records(CHAIN) } }, async folder => {
      const feed = await openBlockFolder({ folder, network: "regtest" })
      for await (const batch of feed.blocks(0, 12)) {
        expect(batch).toHaveLength(13)
        break
      }
    })
  })
})
