import { describe, expect, it } from "vitest"
import { type Block, decodeBlock, verifiedTxids } from "../../../src/chains/bitcoin/block.ts"
import { BlockFault } from "../../../src/chains/bitcoin/block-fault.ts"
import { CONSENSUS } from "../../../src/chains/bitcoin/consensus.ts"
import type { Dialect } from "../../../src/chains/bitcoin/layout.ts"
import { ownersOn } from "../../../src/chains/bitcoin/owner.ts"
import { checkProofOfWork } from "../../../src/chains/bitcoin/proof-of-work.ts"
import { decodeTransaction } from "../../../src/chains/bitcoin/transaction.ts"
import { block, COINBASE, output, P2WPKH, transaction } from "./made-bytes.ts"
import * as data from "./real-bytes.ts"

/** ASHIATO_SEEDS=COUNT[@FIRST] for a longer or another run. */
const [count = 10_000, first = 1] = (process.env.ASHIATO_SEEDS ?? "")
  .split("@")
  .map(Number)
  .map(n => n || undefined)

/** Whole numbers below `limit`, the same for the same seed (mulberry32). */
function dice(seed: number): (limit: number) => number {
  let state = seed
  return limit => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
}

const HOGEX = transaction({ flags: "0008", mweb: "00", outputs: [output(1n, `5820${"bb".repeat(32)}`)] })
const SEGWIT = transaction({ flags: "0001", witness: "0201ab00" })

/** Whole blocks to damage: made ones always; real ones where they are to be had, the large one seldom. */
function originals(): { readonly small: readonly Uint8Array[]; readonly large: readonly Uint8Array[] } {
  const made = [
    block([COINBASE]),
    block([COINBASE, transaction(), transaction({ outputs: [output(5n, "6a"), output(6n, P2WPKH)] })]),
    block([COINBASE, SEGWIT, HOGEX], "01c0ffee"),
  ]
  const [firsts, large] = [data.realBytes(data.FIRST_BLOCKS), data.realBytes(data.BLOCK_300025)]
  const real = typeof firsts === "string" ? [] : data.blocksOf(firsts)
  const segwit = data.realBytes(data.BLOCK_OF_2500)
  const whole = [large, segwit].filter(bytes => typeof bytes !== "string")
  // The few transactions at the front of the large ones, as small blocks of modern form.
  const cut = whole.flatMap(bytes => [2, 5, 9].map(n => front(bytes, n)))
  return { small: [...made, ...real, ...cut], large: whole }
}

function front(bytes: Uint8Array, transactions: number): Uint8Array {
  const taken = decodeBlock(bytes, { mweb: false }).transactions.slice(0, transactions)
  const body = taken.map(({ bytes: own }) => own)
  return Buffer.concat([bytes.subarray(0, 80), Uint8Array.of(transactions), ...body])
}

/** Bytes that mean something where a count, a length or a flag stands. */
const TELLING = [0x00, 0x01, 0x08, 0x09, 0x7f, 0x80, 0xfc, 0xfd, 0xfe, 0xff]

function damaged(original: Uint8Array, roll: (limit: number) => number): Uint8Array {
  let bytes = Uint8Array.from(original)
  for (let changes = 1 + roll(4); changes > 0; changes--) {
    const at = roll(bytes.length + 1)
    const length = 1 + roll(40)
    switch (roll(6)) {
      case 0:
        bytes.set([roll(256)].slice(0, bytes.length - at), at)
        break
      case 1:
        bytes.set([TELLING[roll(TELLING.length)] as number].slice(0, bytes.length - at), at)
        break
      case 2:
        bytes = bytes.slice(0, at)
        break
      case 3:
        bytes = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + length)])
        break
      case 4: {
        const inserted = Array.from({ length }, () => roll(256))
        bytes = Uint8Array.from([...bytes.subarray(0, at), ...inserted, ...bytes.subarray(at)])
        break
      }
      default:
        bytes.copyWithin(roll(bytes.length + 1), at, at + length)
    }
  }
  return bytes
}

/** A value, or null where the bytes were refused; any other error goes on and fails the test. */
function accepted<T>(decode: () => T): T | null {
  try {
    return decode()
  } catch (error) {
    if (error instanceof BlockFault) return null
    throw error
  }
}

const OWNERS = [ownersOn("mainnet", data.sha256), ownersOn("litecoin", data.sha256)]

/** What was accepted accounts for every byte it was given, and can be worked with to the end. */
function hold({ header, transactions, extension }: Block, bytes: Uint8Array, dialect: Dialect): void {
  let rest = bytes.length - header.bytes.length - (extension?.length ?? 0)
  for (const transaction of transactions) rest -= transaction.bytes.length
  expect([1, 3, 5]).toContain(rest)
  for (const { bytes: own, inputs, outputs } of transactions) {
    expect(inputs.length * 41 + outputs.length * 9).toBeLessThanOrEqual(own.length)
    for (const { value, script } of outputs) {
      expect(Number.isSafeInteger(value)).toBe(true)
      for (const ownerOf of OWNERS) ownerOf(script)
    }
    expect(decodeTransaction(own, dialect).outputs).toHaveLength(outputs.length)
  }
  accepted(() => verifiedTxids({ header, transactions, extension }, data.sha256d))
  accepted(() => checkProofOfWork(header, CONSENSUS.regtest, data.WORK))
}

function tryOut(bytes: Uint8Array): number {
  let values = 0
  for (const mweb of [false, true]) {
    const began = performance.now()
    const read = accepted(() => decodeBlock(bytes, { mweb }))
    accepted(() => decodeTransaction(bytes.subarray(81), { mweb }))
    // A whole block of 4 MB takes some 20 ms; what takes a second here hangs.
    expect(performance.now() - began).toBeLessThan(1000)
    if (read === null) continue
    values++
    hold(read, bytes, { mweb })
  }
  return values
}

describe(`${count} damaged blocks, from seed ${first}: a value or a BlockFault`, () => {
  const { small, large } = originals()

  it("reads the blocks as they are", () => {
    for (const bytes of [...small, ...large]) expect(tryOut(bytes)).toBeGreaterThan(0)
  })

  it("survives damage", () => {
    let values = 0
    for (let seed = first; seed < first + count; seed++) {
      const roll = dice(seed)
      const from = large.length > 0 && seed % 1000 === 0 ? large : small
      values += tryOut(damaged(from[roll(from.length)] as Uint8Array, roll))
    }
    // Much damage leaves the form whole: the fuzzer reaches beyond the first check.
    expect(values).toBeGreaterThan(count / 20)
  })

  it("survives random bytes, behind a header and anywhere", () => {
    for (let seed = first; seed < first + count; seed++) {
      const roll = dice(seed)
      const bytes = Uint8Array.from({ length: roll(400) }, () =>
        roll(3) === 0 ? (TELLING[roll(TELLING.length)] as number) : roll(256),
      )
      tryOut(bytes)
      for (const ownerOf of OWNERS) ownerOf(bytes)
    }
  })

  it("makes nothing for what is only promised", () => {
    const promise = Uint8Array.from([...block([COINBASE]).subarray(0, 80), 0xfe, 0xff, 0xff, 0xff, 0x7f])
    const before = process.memoryUsage().heapUsed
    for (let n = 0; n < 10_000; n++) accepted(() => decodeBlock(promise, { mweb: false }))
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 * 2 ** 20)
  })
})
