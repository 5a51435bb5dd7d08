import fc from "fast-check"
import { expect, it } from "vitest"
import type { BlockColumns } from "../../../src/chains/bitcoin/block-columns.ts"
import { WordColumns } from "../../../src/chains/bitcoin/word-columns.ts"
import { RecentOutputs } from "../../../src/stores/duckdb/recent-outputs.ts"
import { resolveInputs } from "../../../src/stores/duckdb/resolve-inputs.ts"
import { Problem } from "../../../src/units/problem.ts"
import { Dice } from "../../../testing/generator/dice.ts"

interface Tx {
  /** Two transactions may have one. */
  readonly id: number
  readonly outputs: readonly { readonly value: number; readonly burned: boolean }[]
  readonly inputs: readonly { readonly id: number; readonly vout: number }[]
}
type Block = readonly Tx[]

const FIRST = { blocks: 70, transactions: 1000, outputs: 5000, inputs: 3000 }
const txid = (id: number): Uint8Array => new Uint8Array(32).fill(id, 3, 20).fill(7, 20)

function columnsOf(blocks: readonly Block[], firstHeight: number): BlockColumns {
  const all = blocks.flat()
  const outputs = all.flatMap(tx => tx.outputs)
  const inputs = all.flatMap(tx => tx.inputs)
  const words = (rows: readonly Uint8Array[]) => {
    const columns = new WordColumns(rows.length)
    for (const [at, bytes] of rows.entries()) columns.set(at, bytes)
    return columns.words
  }
  const none = new Uint32Array(blocks.length)
  const hashes = words(blocks.map(() => new Uint8Array(32)))
  return {
    firstHeight,
    blocks: {
      ...{ hash: hashes, parent: hashes, merkleRoot: hashes, time: none, bits: none, nonce: none },
      version: new Int32Array(blocks.length),
      transactions: Uint32Array.from(blocks, block => block.length),
    },
    transactions: {
      txid: words(all.map(tx => txid(tx.id))),
      outputs: Uint32Array.from(all, tx => tx.outputs.length),
      inputs: Uint32Array.from(all, tx => tx.inputs.length),
    },
    outputs: {
      value: BigInt64Array.from(outputs, ({ value }) => BigInt(value)),
      kind: Uint8Array.from(outputs, ({ burned }) => (burned ? 0 : 1)),
      owner: words(outputs.map(() => new Uint8Array(32))),
    },
    inputs: {
      txid: words(inputs.map(({ id }) => txid(id))),
      vout: Uint32Array.from(inputs, input => input.vout),
    },
    names: [],
  }
}

/** All outputs ever made, by name: what every input spends, or the first that cannot. */
class Naive {
  readonly outputs = new Map<string, { id: number; value: number; burned: boolean; spent: boolean }>()
  readonly counts = new Map<number, number>()
  output = FIRST.outputs
  input = FIRST.inputs
  tx = FIRST.transactions

  block(block: Block): { spent: [number, number, number][]; fees: number; fault: string | null } {
    const spent: [number, number, number][] = []
    let fees = 0
    for (const { id, inputs, outputs } of block) {
      const credits = outputs.reduce((sum, { value }) => sum + value, 0)
      let debits = 0
      for (const { id: of, vout } of inputs) {
        const output = this.outputs.get(`${of}:${vout}`)
        if (output === undefined) return { spent, fees, fault: "block-spends-unknown" }
        if (output.burned) return { spent, fees, fault: "block-spends-burned" }
        if (output.spent) return { spent, fees, fault: "block-spends-spent" }
        output.spent = true
        debits += output.value
        spent.push([this.input++, this.tx, output.id])
      }
      if (inputs.length > 0 && credits > debits) return { spent, fees, fault: "block-makes-value" }
      if (inputs.length > 0) fees += debits - credits
      for (const name of [...this.outputs.keys()]) if (name.startsWith(`${id}:`)) this.outputs.delete(name)
      for (const [vout, output] of outputs.entries()) {
        this.outputs.set(`${id}:${vout}`, { ...output, id: this.output++, spent: false })
      }
      this.tx++
    }
    return { spent, fees, fault: null }
  }
}

/** Mostly in order: now and then something is spent twice, was never there, or makes value. */
function chainOf(seed: number): Block[][] {
  const dice = new Dice(seed)
  const unspent: { id: number; vout: number; value: number }[] = []
  let fresh = 0
  const tx = (): Tx => {
    const inputs = []
    let debits = 0
    for (let n = dice.int(0, 2); n > 0 && unspent.length > 0; n--) {
      const at = dice.int(0, unspent.length - 1)
      const coin = unspent[at] as (typeof unspent)[number]
      inputs.push({ id: coin.id, vout: coin.vout })
      debits += coin.value
      if (!dice.chance(0.01)) unspent.splice(at, 1)
    }
    if (dice.chance(0.01)) inputs.push({ id: dice.int(0, 250), vout: dice.int(0, 3) })
    const id = dice.chance(0.02) ? dice.int(0, fresh) : fresh < 250 ? ++fresh : 250
    let left = inputs.length === 0 ? 1000 : debits
    const outputs = Array.from({ length: dice.int(1, 4) }, (_, vout) => {
      const value = dice.chance(0.005) ? 2 ** 40 : dice.int(0, left)
      left -= Math.min(left, value)
      const burned = dice.chance(0.1)
      if (!burned || dice.chance(0.02)) unspent.push({ id, vout, value })
      return { value, burned }
    })
    return { id, inputs, outputs }
  }
  const some = <One>(most: number, one: () => One): One[] => Array.from({ length: dice.int(1, most) }, one)
  return some(5, () => some(3, () => some(6, tx)))
}

/** More than any of these chains have. */
const ALL = { transactions: 128, outputs: 999 }

it("finds what every input spends as a list of all outputs does, or leaves it to be looked up", () => {
  let found = 0
  let left = 0
  const faults = new Set<string>()
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e9 }),
      fc.constantFrom(
        { transactions: 64, outputs: 999 },
        { transactions: 4, outputs: 7 },
        { transactions: 1, outputs: 3 },
      ),
      (seed, size) => {
        const recent = new RecentOutputs(FIRST.outputs, size)
        const naive = new Naive()
        let first = FIRST
        for (const blocks of chainOf(seed)) {
          const columns = columnsOf(blocks, first.blocks)
          const expected = blocks.map(block => naive.block(block))
          const fault = expected.find(one => one.fault !== null)?.fault ?? null
          try {
            const resolved = resolveInputs(columns, columns.outputs.kind, first, recent)
            // What is wrong may be left to be looked up; what is found must be right.
            const isAllFound = resolved.pending.id.length === 0
            if (fault !== null) {
              expect(isAllFound).toBe(false)
              return
            }
            const spent = expected.flatMap(one => one.spent)
            const byInput = new Map(spent.map(([input, ...rest]) => [input, rest]))
            for (const [at, id] of resolved.found.id.entries()) {
              expect([resolved.found.tx[at], resolved.found.spent[at]]).toEqual(byInput.get(id))
            }
            const inputs = blocks.flat().flatMap(one => one.inputs)
            for (const [at, id] of resolved.pending.id.entries()) {
              expect(resolved.pending.tx[at]).toBe(byInput.get(id)?.[0])
              expect(resolved.pending.vout[at]).toBe(inputs[id - first.inputs]?.vout)
            }
            expect([...resolved.found.id, ...resolved.pending.id].sort((a, b) => a - b)).toEqual(
              spent.map(([input]) => input),
            )
            if (isAllFound) expect(resolved.fees).toEqual(expected.map(one => BigInt(one.fees)))
            found += resolved.found.id.length
            left += resolved.pending.id.length
          } catch (error) {
            if (!(error instanceof Problem)) throw error
            faults.add(error.code)
            // An input that was left to be looked up may be wrong before.
            expect(fault).not.toBeNull()
            if (size === ALL && fault !== "block-spends-unknown") expect(error.code).toBe(fault)
            return
          }
          first = {
            blocks: first.blocks + blocks.length,
            transactions: naive.tx,
            outputs: naive.output,
            inputs: naive.input,
          }
        }
      },
    ),
    { numRuns: 500 },
  )
  expect(Math.min(found, left)).toBeGreaterThan(250)
  expect(faults.size).toBe(4)
})
