import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { signedBytes } from "../../../src/chains/nem/binary.ts"
import { blockHash, decodeBlock, signedBlockBytes } from "../../../src/chains/nem/block-binary.ts"
import { decodeTransaction } from "../../../src/chains/nem/decode.ts"
import { transactionHash } from "../../../src/chains/nem/hash.ts"
import { readMessage } from "../../../src/chains/nem/message.ts"
import { readMosaicDefinition } from "../../../src/chains/nem/read-mosaic.ts"
import { readTransaction } from "../../../src/chains/nem/read-transaction.ts"
import { unsoundSignatures } from "../../../src/chains/nem/signature.ts"
import { movementsOf } from "../../../src/chains/nem/steps.ts"
import type { Cosignature, Transaction } from "../../../src/chains/nem/transaction.ts"
import { dataOf, NEMESIS, REAL, type RealTransaction } from "./data.ts"
import { faultOf } from "./faults.ts"
import {
  cosignature,
  creation,
  definition,
  importanceTransfer,
  levy,
  modification,
  mosaicTransfer,
  multisig,
  namespace,
  supply,
  transfer,
} from "./made.ts"

const RUNS = 10_000

/** Made-up ones stand in for kinds that no real transaction at hand has, and for all where the data is absent. */
const made = [
  transfer(),
  mosaicTransfer(1_000_000, [
    ["nem:xem", 1],
    ["shop:coin", 5],
  ]),
  importanceTransfer(),
  modification(),
  namespace({ parent: "shop" }),
  creation({ levy: levy(2, 10) }),
  supply(1, 5),
  multisig(transfer(), [cosignature(transactionHash(readTransaction(transfer())))]),
]
const real = JSON.parse(dataOf(REAL)?.toString("utf8") ?? "[]") as RealTransaction[]
const seeds: readonly unknown[] = [...real.map(({ transaction }) => transaction), ...made]

const lookup = readMosaicDefinition(definition({ levy: levy(2, 1000) }), "definition")

/** All that can be done with a transaction; whatever is read must be writable, and the same when read again. */
function use(transaction: Transaction): void {
  const bytes = signedBytes(transaction)
  expect(signedBytes(decodeTransaction(bytes))).toEqual(bytes)
  transactionHash(transaction)
  unsoundSignatures(transaction, () => true)
  const inner = transaction.kind === "multisig" ? transaction.inner : transaction
  if (inner.kind === "transfer") readMessage(inner.message)
  for (const known of [undefined, null, lookup]) {
    for (const { amount } of movementsOf(transaction, () => known).movements) expect(amount >= 0n).toBe(true)
  }
}

const notCosignature = (each: Transaction | Cosignature): each is Transaction => each.kind !== "cosignature"

const junk = fc.oneof(
  fc.jsonValue(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double(),
  fc.constantFrom(0, -0, -1, 2 ** 53, 2 ** 63, 257, 4097, 4098, 4100, 8193, 16385, 16386, 2049),
  fc.string({ unit: "binary" }),
  fc.stringMatching(/^[0-9a-f]{0,128}$/),
  fc.constantFrom("__proto__", "constructor", "nem", "xem", "", "ff".repeat(64)),
)

type Change = readonly [at: number, how: number, value: unknown]
const changes = fc.array(fc.tuple(fc.nat(), fc.nat(4), junk), { minLength: 1, maxLength: 3 })

/** Every object and list within, the outermost first. */
function holders(value: unknown): object[] {
  if (typeof value !== "object" || value === null) return []
  return [value, ...Object.values(value).flatMap(holders)]
}

function mutated(seed: unknown, list: readonly Change[]): unknown {
  const copy = structuredClone(seed)
  for (const [at, how, value] of list) {
    const all = holders(copy)
    const holder = all[at % all.length] as Record<string, unknown>
    const keys = Object.keys(holder)
    const key = keys[Math.floor(at / 7) % Math.max(keys.length, 1)] ?? "type"
    if (how === 0) delete holder[key]
    else if (how === 1) holder[String(value).slice(0, 20)] = value
    else if (how === 2 && typeof holder[key] === "number") holder[key] = (holder[key] as number) + 1
    else if (how === 3) holder[key] = structuredClone(all[(at * 31) % all.length])
    else holder[key] = value
  }
  return copy
}

describe(`${RUNS} cases each: a value or a NemFault, never another error`, () => {
  it("JSON of real transactions, changed in one to three places", () => {
    let [taken, refused] = [0, 0]
    fc.assert(
      fc.property(fc.nat(seeds.length - 1), changes, (at, list) => {
        const fault = faultOf(() => use(readTransaction(mutated(seeds[at], list))))
        if (fault === null) taken++
        else refused++
      }),
      { numRuns: RUNS },
    )
    // Neither of the two is what all of them come to.
    expect(Math.min(taken, refused)).toBeGreaterThan(RUNS / 100)
  })

  it("any JSON at all", () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(faultOf(() => readTransaction(value))).not.toBeNull()
      }),
      { numRuns: RUNS },
    )
  })

  const payloads = seeds.map(seed => signedBytes(readTransaction(seed)))
  const bytesOf = (
    bytes: Uint8Array,
    edits: readonly (readonly [number, number])[],
    length: number | null,
  ) => {
    const copy = Uint8Array.from(bytes)
    for (const [at, byte] of edits) copy[at % copy.length] = byte
    return length === null ? copy : copy.subarray(0, length % (copy.length + 1))
  }
  const edits = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 })
  const cut = fc.option(fc.nat(), { freq: 4 })

  it("bytes of transactions, changed or cut off", () => {
    let taken = 0
    fc.assert(
      fc.property(fc.nat(payloads.length - 1), edits, cut, (at, list, length) => {
        const bytes = bytesOf(payloads[at] ?? new Uint8Array(), list, length)
        const fault = faultOf(() => {
          const transaction = decodeTransaction(bytes)
          if (notCosignature(transaction)) use(transaction)
        })
        if (fault === null) taken++
      }),
      { numRuns: RUNS },
    )
    expect(taken).toBeGreaterThan(RUNS / 100)
  })

  it("any bytes at all", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), bytes => {
        faultOf(() => decodeTransaction(bytes))
        faultOf(() => decodeBlock(bytes))
      }),
      { numRuns: RUNS },
    )
  })

  it("blocks of a few transactions, changed or cut off", () => {
    const transactions = seeds.slice(-8).map(seed => readTransaction(seed))
    const whole = signedBlockBytes({
      kind: "regular",
      network: 0x68,
      version: 1,
      timeStamp: 89_304_948,
      signer: "11".repeat(32),
      signature: "22".repeat(64),
      previousHash: "33".repeat(32),
      height: 1_475_039,
      transactions,
    })
    expect(decodeBlock(whole).transactions).toEqual(transactions)
    fc.assert(
      fc.property(edits, cut, (list, length) => {
        faultOf(() => blockHash(decodeBlock(bytesOf(whole, list, length))))
      }),
      { numRuns: RUNS },
    )
  })

  it.skipIf(dataOf(NEMESIS) === null)("the first block, its counts and lengths changed (100 cases)", () => {
    const whole = dataOf(NEMESIS) ?? Buffer.alloc(0)
    fc.assert(
      fc.property(edits, cut, (list, length) => {
        faultOf(() => decodeBlock(bytesOf(whole, [...list, [168, 0xff]], length)))
      }),
      { numRuns: 100 },
    )
  })
})
