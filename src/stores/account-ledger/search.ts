import type { Column } from "../columns/column.ts"

/** Of ascending numbers from one index to before another, the index of the first that is at least `least`. */
export function firstAtLeast(column: Column, least: number, from: number, to: number): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2)
    if (column.u32(middle) < least) low = middle + 1
    else high = middle
  }
  return low
}
