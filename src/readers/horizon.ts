import type { Tx } from "../ledger/step.ts"
import type { Source } from "../ports/source.ts"
import { Problem } from "../units/problem.ts"

/** How many of the records, in order of height, are at or below `toHeight`. */
export function endOfRecords(
  count: number,
  heightAt: (at: number) => number | null,
  toHeight: number | null,
): number {
  if (toHeight === null) return count
  if (count > 0 && heightAt(count - 1) === null) throw new Problem("heights-absent")
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if ((heightAt(middle) ?? -1) <= toHeight) low = middle + 1
    else high = middle
  }
  return low
}

/** The position up to which an answer from the first `end` of `count` records is true. */
export function horizonOf(
  count: number,
  end: number,
  txAt: (at: number) => Tx,
  toHeight: number | null,
): Source["horizon"] {
  const last = end === 0 ? null : txAt(end - 1)
  const height = end < count ? toHeight : (last?.height ?? null)
  return { height, hash: null, time: last?.time ?? null }
}
