import type { MeasuredRecord } from "./measured-rates.ts"

/** A share, exact: `right` of `of`. */
export interface Rate {
  readonly right: number
  readonly of: number
  /**
   * Wilson's 95 % interval, from 0 to 1, for display. Null for pairs of addresses: those of one cluster stand or fall
   * together, so that an interval for as many trials would claim far too much. Null for symbols as well: they were
   * listed, not drawn.
   */
  readonly interval: readonly [number, number] | null
}

/** Null where nothing was counted, or cannot be. */
export interface Rates {
  /** Of what it said, how much is so. */
  readonly precision: Rate | null
  /** Of what is so, how much it said. */
  readonly recall: Rate | null
}

/** The standard normal's 97.5 % quantile. */
const Z = 1.959963984540054

export function ratesOf(record: MeasuredRecord): Rates {
  const { truePositives: right, falsePositives, falseNegatives, counted } = record
  const isDrawn = counted !== "pair" && counted !== "symbol"
  const rate = (of: number): Rate | null =>
    of === 0 ? null : { right, of, interval: isDrawn ? wilson(right, of) : null }
  return {
    precision: rate(right + falsePositives),
    recall: falseNegatives === null ? null : rate(right + falseNegatives),
  }
}

/** The score interval of a share (Wilson, JASA 22, 1927): within 0 and 1, and honest also where all trials went one way. */
export function wilson(right: number, of: number): readonly [number, number] {
  const share = right / of
  const z2 = (Z * Z) / of
  const middle = (share + z2 / 2) / (1 + z2)
  const half = (Z * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of))) / (1 + z2)
  // At none and at all one end is exact: floating point would miss it by a hair.
  return [right === 0 ? 0 : middle - half, right === of ? 1 : middle + half]
}
