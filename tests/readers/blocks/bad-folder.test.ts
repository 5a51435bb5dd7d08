import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { openBlockFolder } from "../../../src/readers/blocks/block-folder.ts"
import { EASY, GENESIS, hashOf, mine, parentOf } from "./made-chain.ts"
import { CHAIN, expectBlocks, KEY } from "./small-chain.ts"
import { blocksIn, read, record, records, withFolder, writeFolder } from "./written-folder.ts"

describe("files that cannot be what a node wrote", () => {
  const at = records(CHAIN.slice(0, 3)).length
  const inTheMiddle = (bad: Uint8Array) => ({
    0: Buffer.concat([records(CHAIN.slice(0, 3)), bad, records(CHAIN.slice(3))]),
  })

  it.each([0, 79, 80, 32 * 2 ** 20 + 1, 0xffffffff])("are refused for a size of %i bytes", async size => {
    const files = inTheMiddle(record(CHAIN[3] as Uint8Array, "regtest", size))
    expect(await read({ files })).toMatchObject({
      code: "block-malformed",
      detail: { at, reason: `a size of ${size} bytes` },
      where: { file: expect.stringMatching(/blk00000.dat$/) },
    })
  })

  it("are refused for a header without its work, with the byte where it stands", async () => {
    const damaged = (CHAIN[3] as Uint8Array).slice()
    new DataView(damaged.buffer, damaged.byteOffset).setUint32(72, 0x1d00ffff, true)
    const detail = { block: hashOf(damaged), reason: "proof of work does not meet its target", at }
    for (const key of [undefined, KEY]) {
      const found = await read({ files: inTheMiddle(record(damaged)), ...(key && { key }) })
      expect(found).toMatchObject({ code: "block-malformed", detail })
    }
  })

  it("are refused for a cut in any but the last", async () => {
    const files = { 0: records(CHAIN.slice(0, 6)).subarray(0, -1), 1: records(CHAIN.slice(6)) }
    const detail = { block: hashOf(CHAIN[5] as Uint8Array), at: records(CHAIN.slice(0, 5)).length }
    expect(await read({ files })).toMatchObject({ code: "block-malformed", detail })
  })

  it("are refused where they keep promising blocks", async () => {
    const promise = record((CHAIN[3] as Uint8Array).subarray(0, 80), "regtest", 81)
    const files = {
      0: Buffer.concat([record(GENESIS.regtest), Uint8Array.of(1), ...Array(1002).fill(promise)]),
    }
    expect(await read({ files })).toMatchObject({
      code: "block-malformed",
      detail: { reason: "too much that begins as a block and is none" },
    })
  })

  it("are told apart from what no longer is as it was when they were opened", async () => {
    await withFolder({ files: { 0: records(CHAIN) } }, async folder => {
      const feed = await openBlockFolder({ folder, network: "regtest" })
      writeFolder(folder, { files: { 0: records([...CHAIN].reverse()) } })
      await expect(blocksIn(feed)).rejects.toMatchObject({
        code: "block-malformed",
        detail: { reason: "the file has changed since" },
      })
      writeFolder(folder, { files: { 0: records(CHAIN).subarray(0, 900) } })
      await expect(blocksIn(feed)).rejects.toMatchObject({
        code: "block-malformed",
        detail: { reason: "the file has become shorter", at: 900 },
      })
    })
  })
})

describe("a folder of another network, or of none", () => {
  it("is told by the magic", async () => {
    for (const [magic, found] of [
      ["0a03cf40", "signet"],
      ["1c163f28", "testnet4"],
      ["fdd2c8f1", "litecoin-testnet"],
    ] as const) {
      const bytes = record(GENESIS.mainnet)
      bytes.set(Buffer.from(magic, "hex"))
      const problem = { code: "blocks-other-network", detail: { found, expected: "mainnet" } }
      expect(await read({ files: { 0: bytes }, key: KEY }, "mainnet")).toMatchObject(problem)
    }
    for (const found of ["mainnet", "testnet", "litecoin"] as const) {
      const problem = { code: "blocks-other-network", detail: { found, expected: "regtest" } }
      expect(await read({ files: { 0: record(GENESIS[found], found) } })).toMatchObject(problem)
    }
  })

  it("is told by a magic that two networks share", async () => {
    expect(await read({ files: { 0: records(CHAIN) } }, "litecoin")).toMatchObject({
      code: "blocks-other-network",
      detail: { found: "regtest / litecoin-regtest", expected: "litecoin" },
    })
  })

  it("is told by the first block where the magic is the same", async () => {
    const litecoin = { 0: record(GENESIS.litecoinRegtest) }
    expect(await read({ files: litecoin })).toMatchObject({
      code: "blocks-other-network",
      detail: { found: "litecoin-regtest", expected: "regtest" },
    })
    expect(await read({ files: { 0: records(CHAIN) } }, "litecoinRegtest")).toMatchObject({
      code: "blocks-other-network",
      detail: { found: "regtest", expected: "litecoin-regtest" },
    })
    const other = mine({ parent: new Uint8Array(80), tag: 1 })
    other.fill(0, 4, 36)
    const view = new DataView(other.buffer, other.byteOffset)
    for (let nonce = 0; hashOf(other) >= "7f"; nonce++) view.setUint32(76, nonce, true)
    expect(await read({ files: { 0: record(other) } })).toMatchObject({
      code: "blocks-other-network",
      detail: { found: `a network whose first block is ${hashOf(other)}` },
    })
    expect([view.getUint32(72, true), parentOf(other)]).toEqual([EASY, "0".repeat(64)])
  })

  it("has no blocks: empty, of noise, or under a key that is lost", async () => {
    const none = { code: "blocks-none", detail: { network: "regtest" } }
    expect(await read({ files: {} })).toMatchObject(none)
    expect(await read({ files: { 0: new Uint8Array(0) } })).toMatchObject(none)
    expect(await read({ files: { 0: new Uint8Array(3) }, padding: 100_000 })).toMatchObject(none)
    const key = Uint8Array.of(9, 9, 9, 9, 9, 9, 9, 9)
    const lost = Buffer.from(records(CHAIN).map(byte => byte ^ 9))
    expect(await read({ files: { 0: lost } })).toMatchObject(none)
    expectBlocks(await read({ files: { 0: records(CHAIN) }, key }), CHAIN)
  })

  it("is refused where the key is none", async () => {
    for (const length of [0, 7, 9]) {
      const key = new Uint8Array(length).fill(1)
      await withFolder({ files: { 0: records(CHAIN) } }, async folder => {
        writeFileSync(join(folder, "xor.dat"), key)
        await expect(openBlockFolder({ folder, network: "regtest" })).rejects.toMatchObject({
          code: "chain-data-malformed",
          where: { file: join(folder, "xor.dat") },
        })
      })
    }
  })

  it("is refused where it is missing, or a file, or holds what is no file", async () => {
    await withFolder({ files: { 0: records(CHAIN) } }, async folder => {
      const open = (path: string) => openBlockFolder({ folder: path, network: "regtest" })
      await expect(open(join(folder, "none"))).rejects.toMatchObject({ code: "file-missing" })
      await expect(open(join(folder, "blk00000.dat"))).rejects.toMatchObject({ code: "file-unreadable" })
      mkdirSync(join(folder, "blk00001.dat"))
      await expect(open(folder)).rejects.toMatchObject({
        code: "file-unreadable",
        detail: { reason: "not a file" },
      })
    })
  })

  it("leaves other files alone", async () => {
    await withFolder({ files: { 0: records(CHAIN) } }, async folder => {
      for (const name of ["rev00000.dat", "blk00001.dat.bak", "blkindex.dat", "xblk00001.dat"]) {
        writeFileSync(join(folder, name), record(GENESIS.mainnet, "mainnet"))
      }
      mkdirSync(join(folder, "index"))
      expect((await openBlockFolder({ folder, network: "regtest" })).tip.height).toBe(12)
    })
  })
})
