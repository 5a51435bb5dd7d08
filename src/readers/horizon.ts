import type { Tx } from "../ledger/step.ts"
import type { Source } from "../ports/source.ts"
import { Problem } from "../units/problem.ts"

/**
 * How many of the records are at or below `toHeight`. Heights never fall where there are any; a record without one
 * stands between its neighbours.
 *
 * @throws Problem `heights-absent` where the end would fall among records that have none
 */
export function endOfRecords(
  count: number,
  heightAt: (at: number) => number | null,
  toHeight: number | null,
): number {
  if (toHeight === null) return count
  let afterLastWithin = 0
  for (let at = 0; at < count; at++) {
    const height = heightAt(at)
    if (height === null) continue
    if (height <= toHeight) afterLastWithin = at + 1
    else if (at > afterLastWithin) throw new Problem("heights-absent", { height: toHeight })
    else return afterLastWithin
  }
  if (afterLastWithin < count) throw new Problem("heights-absent", { height: toHeight })
  return count
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
