import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { decodeBlock, verifiedTxids } from "../../../src/chains/bitcoin/block.ts"
import { BlockFault } from "../../../src/chains/bitcoin/block-fault.ts"
import { CONSENSUS } from "../../../src/chains/bitcoin/consensus.ts"
import { openBlockFolder } from "../../../src/readers/blocks/block-folder.ts"
import { Problem } from "../../../src/units/problem.ts"
import { Dice } from "../../../testing/generator/dice.ts"
import { blocksOf, FIRST_BLOCKS, realBytes, sha256d } from "../../chains/bitcoin/real-bytes.ts"
import { noise } from "./any-folder.ts"
import { GENESIS, hashOf, mineChain, parentOf } from "./made-chain.ts"
import { type Network, record, records, xored } from "./written-folder.ts"

/** ASHIATO_SEEDS=COUNT[@FIRST] for a longer or another run. */
const [count = 10_000, first = 1] = (process.env.ASHIATO_SEEDS ?? "")
  .split("@")
  .map(Number)
  .map(n => n || undefined)

interface Original {
  readonly network: Network
  readonly blocks: readonly Uint8Array[]
}

/** Made blocks always, real ones where they are to be had. */
function originals(): [Original, ...Original[]] {
  const made: Original = { network: "regtest", blocks: [GENESIS.regtest, ...mineChain(GENESIS.regtest, 8)] }
  const real = realBytes(FIRST_BLOCKS)
  if (typeof real === "string") return [made]
  return [made, { network: "mainnet", blocks: [GENESIS.mainnet, ...blocksOf(real).slice(0, 12)] }]
}

/** Bytes that mean something where a magic, a size or a count stands. */
const TELLING = [0x00, 0x01, 0x50, 0x51, 0xbe, 0xbf, 0xf9, 0xfa, 0xfe, 0xff]

function damaged(original: Uint8Array, starts: readonly number[], dice: Dice): Uint8Array {
  let bytes = Uint8Array.from(original)
  for (let changes = dice.int(1, 4); changes > 0; changes--) {
    // Half of it where a record begins: magic, size, header.
    const start = dice.chance(0.5) ? (dice.pick(starts) ?? 0) + dice.int(0, 90) : dice.int(0, bytes.length)
    const at = Math.min(start, bytes.length)
    const length = dice.int(1, 200)
    const [before, behind] = [bytes.slice(0, at), bytes.slice(Math.min(at + length, bytes.length))]
    const change = dice.int(0, 6)
    if (change === 0) bytes.set([dice.int(0, 255)].slice(0, bytes.length - at), at)
    else if (change === 1) bytes.set([dice.pick(TELLING) ?? 0].slice(0, bytes.length - at), at)
    else if (change === 2) bytes = before
    else if (change === 3) bytes = Uint8Array.from([...before, ...behind])
    else if (change === 4) bytes = Uint8Array.from([...before, ...noise(dice, length), ...bytes.slice(at)])
    else if (change === 5) bytes.copyWithin(dice.int(0, bytes.length), at, at + length)
    else bytes.fill(0, at, at + length)
  }
  return bytes
}

/** In memory where that is to be had: there is no folder that is written so often. */
const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "ashiato-fuzz-"))
afterAll(() => rmSync(folder, { recursive: true }))

/** Opens the folder and reads all of it: how many blocks, or null where it was refused. Anything else fails. */
async function outcome(network: Network): Promise<number | null> {
  try {
    const feed = await openBlockFolder({ folder, network })
    let previous: string | null = null
    let height = 0
    for await (const batch of feed.blocks(0, feed.tip.height)) {
      for (const block of batch) {
        expect(block.height).toBe(height)
        if (previous !== null) expect(parentOf(block.bytes)).toBe(previous)
        previous = hashOf(block.bytes)
        decode(block.bytes, network)
        height++
      }
    }
    expect([height, previous]).toEqual([feed.tip.height + 1, feed.tip.hash])
    return height
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

function decode(bytes: Uint8Array, network: Network): void {
  try {
    verifiedTxids(decodeBlock(bytes, CONSENSUS[network]), sha256d)
  } catch (error) {
    if (!(error instanceof BlockFault)) throw error
  }
}

async function timed(network: Network): Promise<number | null> {
  const began = process.cpuUsage()
  const height = await outcome(network)
  const { user, system } = process.cpuUsage(began)
  // A folder of this size takes some 2 ms; what takes a second of work here hangs.
  expect(user + system).toBeLessThan(1_000_000)
  return height
}

/** Some 2 ms a case, and room for a machine that has more to do. */
const timeout = 60_000 + 20 * count

describe(`${count} damaged folders of blocks, from seed ${first}: a chain or a Problem`, () => {
  it("survives damage", { timeout }, async () => {
    const all = originals()
    const heights = new Map<number | null, number>()
    for (let seed = first; seed < first + count; seed++) {
      const dice = new Dice(seed)
      const { network, blocks } = dice.pick(all)
      const inOrder = dice.chance(0.5) ? blocks : dice.shuffle(blocks)
      const split = dice.int(0, blocks.length)
      const key = dice.chance(0.5) ? noise(dice, 8) : new Uint8Array(8)
      const parts = [inOrder.slice(0, split), inOrder.slice(split)]
      const hit = dice.int(0, 1)
      for (const [number, part] of parts.entries()) {
        const starts = part.map((_, n) => records(part.slice(0, n)).length)
        const whole = records(part, network)
        const bytes = number === hit ? damaged(whole, starts, dice) : whole
        writeFileSync(join(folder, `blk0000${number}.dat`), xored(bytes, key))
      }
      writeFileSync(join(folder, "xor.dat"), key)
      const height = await timed(network).catch(cause => {
        throw new Error(`seed ${seed}`, { cause })
      })
      heights.set(height, (heights.get(height) ?? 0) + 1)
    }
    // Neither is everything refused, nor does damage go unseen, nor is there but one way to be damaged.
    expect(heights.get(null)).toBeGreaterThan(count / 10)
    expect(heights.get(null)).toBeLessThan(count * 0.9)
    expect(heights.size).toBeGreaterThan(5)
  })

  it("survives random bytes", { timeout }, async () => {
    writeFileSync(join(folder, "blk00001.dat"), "")
    for (let seed = first; seed < first + count; seed++) {
      const dice = new Dice(seed)
      const parts = Array.from({ length: dice.int(0, 6) }, () => {
        const bytes = noise(dice, dice.int(0, 200))
        return dice.chance(0.5) ? bytes : record(bytes, "regtest", dice.pick([bytes.length, 81, 2 ** 25, 0]))
      })
      const start = dice.chance(0.5) ? [record(GENESIS.regtest)] : []
      writeFileSync(join(folder, "blk00000.dat"), Buffer.concat([...start, ...parts]))
      writeFileSync(join(folder, "xor.dat"), new Uint8Array(8))
      await timed("regtest").catch(cause => {
        throw new Error(`seed ${seed}`, { cause })
      })
    }
  })

  it("makes nothing for what is only promised", async () => {
    const promise = record(GENESIS.regtest.subarray(0, 80), "regtest", 32 * 2 ** 20)
    writeFileSync(join(folder, "blk00000.dat"), Buffer.concat([record(GENESIS.regtest), promise]))
    writeFileSync(join(folder, "blk00001.dat"), promise)
    writeFileSync(join(folder, "xor.dat"), new Uint8Array(8))
    const before = process.memoryUsage().rss
    for (let n = 0; n < 1000; n++) await timed("regtest")
    expect(process.memoryUsage().rss - before).toBeLessThan(128 * 2 ** 20)
  })
})
