import { Problem } from "../units/problem.ts"
import type { UtxoTransaction } from "./utxo-rows.ts"

export interface Ordered {
  /** In the order of evaluation: by height, then index, each block's coinbase last. */
  readonly transactions: readonly UtxoTransaction[]
  /** For each transaction the place of its block's coinbase, or -1. */
  readonly coinbaseOf: Int32Array
}

/**
 * Puts a record's transactions in the order of evaluation. A block's coinbase is its inputless transaction of lowest
 * index, evaluated last, after the fees that it collects. Where one of its outputs is spent within its own block it
 * cannot be a coinbase (a chain's coinbase has to mature): it is then an issue at its own place.
 *
 * @throws Problem `position-shared` where two transactions claim one index of a block
 */
export function inOrder(all: Iterable<UtxoTransaction>): Ordered {
  // Heights never fall in a record, and only its first rows may have none: they come before all that have one.
  const sorted = [...all].sort((a, b) => (a.tx.height ?? -1) - (b.tx.height ?? -1))
  const transactions: UtxoTransaction[] = []
  const coinbaseOf = new Int32Array(sorted.length).fill(-1)
  for (let from = 0; from < sorted.length; ) {
    let to = from + 1
    const height = (sorted[from] as UtxoTransaction).tx.height
    while (to < sorted.length && (sorted[to] as UtxoTransaction).tx.height === height) to++
    const block = byIndex(sorted.slice(from, to))
    const coinbase = height === null ? undefined : coinbaseAmong(block)
    for (const transaction of block) if (transaction !== coinbase) transactions.push(transaction)
    if (coinbase !== undefined) {
      coinbaseOf.fill(transactions.length, from, to)
      transactions.push(coinbase)
    }
    from = to
  }
  return { transactions, coinbaseOf }
}

/** By index where every transaction of the block has one; else as they stand in the record. */
function byIndex(block: readonly UtxoTransaction[]): readonly UtxoTransaction[] {
  if (block.some(({ index }) => index === null)) return block
  const sorted = block.toSorted((a, b) => (a.index as number) - (b.index as number))
  for (const [at, { tx, index, where }] of sorted.entries()) {
    const before = sorted[at - 1]
    if (before?.index !== index) continue
    throw new Problem(
      "position-shared",
      { tx: tx.id, other: before.tx.id, index: index as number },
      { ...where, column: "index" },
    )
  }
  return sorted
}

function coinbaseAmong(block: readonly UtxoTransaction[]): UtxoTransaction | undefined {
  const lowest = block.find(({ inputs }) => inputs.length === 0)
  if (lowest === undefined) return undefined
  const own = new Set(lowest.outputs.map(({ vout }) => `${lowest.tx.id}:${vout}`))
  return block.some(({ inputs }) => inputs.some(({ spent }) => own.has(spent))) ? undefined : lowest
}
