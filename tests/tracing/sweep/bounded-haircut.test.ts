import { describe, expect, it } from "vitest"
import { BoundedHaircut, MOST_LAYERS } from "../../../src/tracing/sweep/bounded-haircut.ts"
import { PullSweep } from "../../../src/tracing/sweep/pull-sweep.ts"
import type { Sweep } from "../../../src/tracing/sweep/sweep.ts"
import type { Declared, SweepChain } from "../../../src/tracing/sweep/sweep-chain.ts"
import type { SweepQuestion, SweepState } from "../../../src/tracing/sweep/sweep-question.ts"

const AMOUNT = 2_000
const WAYS = 2

/**
 * A chain of transactions that each spend both outputs of the one before them and pay the amount out again in two, one a
 * block after its coinbase: transaction 2n + 1, outputs 3n + 1 and 3n + 2. What is stolen mixes with all stolen before.
 */
function mixing(blocks: number, from: number, to: number): SweepChain {
  const outputs = Array.from({ length: 3 * (to - from) }, (_, at) => 3 * from + at)
  const isPaid = (output: number): boolean => output % 3 !== 0
  const spender = outputs.map(output => {
    const next = Math.floor(output / 3) + 1
    return isPaid(output) && next < blocks ? 2 * next + 1 : 0xffff_ffff
  })
  const earlier = from === 0 ? [] : [3 * from - 2, 3 * from - 1]
  const spent = Array.from({ length: to - from }, (_, at) => 3 * (from + at)).flatMap(first =>
    first === 0 ? [] : [first - 2, first - 1],
  )
  const txs = Array.from({ length: 2 * (to - from) + 1 }, (_, at) => 2 * from + at)
  const outputBefore = (tx: number): number => 3 * (tx >> 1) + (tx & 1)
  const inputBefore = (tx: number): number => WAYS * Math.max(0, (tx >> 1) - 1)
  const value = (output: number): number => {
    if (!isPaid(output)) return 50
    return output % 3 === 1 ? 700 + (output % 11) : AMOUNT - 700 - ((output - 1) % 11)
  }
  return {
    txFrom: 2 * from,
    txEnd: 2 * to,
    blockFirstTx: Uint32Array.from(txs.filter(tx => tx % 2 === 0)),
    claimable: new Float64Array(to - from).fill(50),
    outputFrom: 3 * from,
    firstOutput: Uint32Array.from(txs, outputBefore),
    fee: new Float64Array(2 * (to - from)),
    value: Float64Array.from(outputs, value),
    spender: Uint32Array.from(spender),
    fate: new Uint16Array(outputs.length),
    inputFrom: inputBefore(2 * from),
    firstInput: Uint32Array.from(txs, inputBefore),
    spent: Uint32Array.from(spent),
    crossing: {
      outputs: Uint32Array.from(earlier),
      spenders: Uint32Array.from(earlier, () => 2 * from + 1),
      values: Float64Array.from(earlier, value),
    },
  }
}

/** The first output of each of so many transactions in a row, each a theft of its own. */
const thefts = (count: number): Declared[] =>
  Array.from({ length: count }, (_, n) => ({ output: 3 * (n + 2) + 1, tx: 2 * (n + 2) + 1, thefts: [n] }))

function held(sweep: Sweep): unknown {
  const lots = [...sweep.state().pots].map(([output, flat]) => {
    const named: [string, number][] = []
    for (let at = 0; at < flat.length; at += 2) {
      named.push([sweep.book.labels.theftsOf(flat[at] as number).join("+"), flat[at + 1] as number])
    }
    return [output, named.sort(([a], [b]) => (a < b ? -1 : 1))] as const
  })
  return lots.sort(([a], [b]) => a - b)
}

const question = (declared: readonly Declared[]): SweepQuestion => ({
  rule: "haircut",
  fees: "drop",
  declared,
})

function both(blocks: number, declared: readonly Declared[], runs: readonly number[], most?: number) {
  const pull = new PullSweep(question(declared))
  let bounded = new BoundedHaircut(question(declared), null, most)
  let from = 0
  for (const to of [...runs, blocks]) {
    const chain = mixing(blocks, from, to)
    pull.run(chain)
    bounded.run(chain)
    const state: SweepState = bounded.state()
    bounded = new BoundedHaircut(question(declared), state, most)
    from = to
  }
  return { pull, bounded }
}

describe("haircut with more labels than passes are good for", () => {
  it("says what a sweep output by output says, of 24 thefts whose labels are more than layers may be", () => {
    const { pull, bounded } = both(400, thefts(24), [])
    expect(bounded.book.labels.count).toBeGreaterThan(10 * MOST_LAYERS)
    expect(held(bounded)).toEqual(held(pull))
    expect(bounded.book.declared).toEqual(pull.book.declared)
  })

  it.each([1, 3, 7, 64])("says the same where %d labels are the limit, in runs of every length", most => {
    for (const runs of [[], [4], [3, 4, 5, 6, 7, 8], [9]]) {
      const { pull, bounded } = both(30, thefts(5), runs, most)
      expect(held(bounded)).toEqual(held(pull))
      expect(bounded.book.declared).toEqual(pull.book.declared)
      expect(bounded.book.declaredTotal).toBe(pull.book.declaredTotal)
    }
  })
})
