import { expect, it } from "vitest"
import { decodeBlock, decodeReceipts } from "../../../src/chains/ethereum/block.ts"
import { rowsOf } from "../../../src/chains/ethereum/block-rows.ts"
import { decodeCallTraces } from "../../../src/chains/ethereum/call-frame.ts"
import { EthereumFault } from "../../../src/chains/ethereum/fault.ts"
import { decodeParityTraces } from "../../../src/chains/ethereum/parity-trace.ts"
import { NOTHING_PROVED, prove } from "../../../src/chains/ethereum/proof.ts"
import { block, type Json, MINER, receipts } from "./block-483920.ts"

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

const ODD: readonly unknown[] = [
  null,
  undefined,
  true,
  0,
  -1,
  1e300,
  "",
  "0x",
  "0x0",
  "0x1",
  "0xg",
  `0x${"f".repeat(64)}`,
  `0x${"f".repeat(65)}`,
  `0x${"0".repeat(40)}`,
  "SELFDESTRUCT",
  "create",
  [],
  [[]],
  {},
]

/** Puts something odd into a place within, or takes something away, or has something twice. */
function spoil(told: unknown, roll: (limit: number) => number): void {
  let at = told
  for (;;) {
    if (typeof at !== "object" || at === null) return
    const own = at as Json
    const names = Object.keys(own)
    const name = names[roll(Math.max(1, names.length))]
    if (name === undefined) return
    const inner = own[name]
    if (typeof inner === "object" && inner !== null && roll(4) > 0) at = inner
    else {
      const what = roll(8)
      if (what === 0) delete own[name]
      else if (what === 1 && Array.isArray(at)) (at as unknown[]).push(structuredClone(inner))
      else if (what === 2 && typeof inner === "string") own[name] = inner.slice(0, roll(inner.length + 1))
      else own[name] = ODD[roll(ODD.length)]
      return
    }
  }
}

function traces(): { geth: Json[]; parity: Json[] } {
  const geth: Json[] = []
  const parity: Json[] = []
  for (const { hash, from, to, value } of block().transactions as Json[]) {
    const inner = { type: "SELFDESTRUCT", from: to, to: MINER, value: "0x5" }
    const call = { type: "CALL", from: to, to: from, value: "0x1", calls: [{ ...inner, from }] }
    geth.push({ txHash: hash, result: { type: "CALL", from, to, value, calls: [call, inner] } })
    const place = { transactionHash: hash, result: null }
    parity.push(
      { ...place, type: "call", action: { callType: "call", from, to, value }, traceAddress: [] },
      {
        ...place,
        type: "create",
        action: { from: to, value: "0x1" },
        result: { address: from },
        traceAddress: [0],
      },
      {
        ...place,
        type: "suicide",
        action: { address: to, balance: "0x5", refundAddress: MINER },
        traceAddress: [1],
      },
    )
  }
  return { geth, parity }
}

it(`${count} damaged answers are refused with a fault, or told; nothing else is thrown`, () => {
  const outcomes = { told: 0, refused: 0 }
  for (let seed = first; seed < first + count; seed++) {
    const roll = dice(seed)
    const told = { block: block(), receipts: receipts(), traces: traces() }
    // Mostly one of them, so that the others let it through to what comes after.
    for (let times = 1 + roll(3); times > 0; times--) {
      spoil([told.block, told.receipts, told.traces.geth, told.traces.parity][roll(4)], roll)
    }
    try {
      const decoded = decodeBlock(told.block, "block")
      const own = decodeReceipts(told.receipts, decoded, "receipts")
      const hashes = decoded.transactions.map(({ hash }) => hash)
      const frames = [
        decodeCallTraces(told.traces.geth, hashes, "traces"),
        decodeParityTraces(told.traces.parity, hashes, "traces"),
      ]
      // Signatures take time.
      const proof = roll(10) === 0 ? prove(decoded, own, roll(2) === 0 ? [] : null) : NOTHING_PROVED
      for (const each of [...frames, null]) {
        const record = {
          block: decoded,
          receipts: own,
          frames: each,
          uncles: [],
          proof,
          chainId: 1,
          daoBalances: null,
        }
        const { rows } = rowsOf(record)
        for (const { ref, amount, from, to } of rows) {
          if (ref === "" || amount <= 0n || amount >= 1n << 512n || (from === null && to === null)) {
            throw new Error(`seed ${seed}: ${ref}`)
          }
        }
      }
      outcomes.told++
    } catch (error) {
      if (!(error instanceof EthereumFault)) throw new Error(`seed ${seed}`, { cause: error })
      outcomes.refused++
    }
  }
  expect(outcomes.told + outcomes.refused).toBe(count)
  expect(outcomes.told).toBeGreaterThan(count / 20)
  expect(outcomes.refused).toBeGreaterThan(count / 4)
})
