import { compare, type Fraction, inverse, ONE, over, times } from "./fraction.ts"

/** A band of P(E|H), within 0..1; its high end is above 0, because no judgement makes a thing impossible. */
export interface Band {
  readonly low: Fraction
  readonly high: Fraction
}

/** A likelihood ratio as an interval; without a high end where the alternative's band starts at 0. */
export interface Ratio {
  readonly low: Fraction
  readonly high: Fraction | null
}

/** A ratio after the cap: both ends are finite and above 0. */
export interface CappedRatio {
  readonly low: Fraction
  readonly high: Fraction
}

export const EVEN: Ratio = { low: ONE, high: ONE }

/** The least and the most that P(E|for) / P(E|against) can be. */
export function ratioOf(forIt: Band, against: Band): Ratio {
  return {
    low: over(forIt.low, against.high),
    high: against.low.n === 0n ? null : over(forIt.high, against.low),
  }
}

export function product(a: Ratio, b: Ratio): Ratio {
  return {
    low: times(a.low, b.low),
    high: a.high === null || b.high === null ? null : times(a.high, b.high),
  }
}

/** The same ratio of the other hypothesis to this one. */
export const turned = ({ low, high }: CappedRatio): CappedRatio => ({
  low: inverse(high),
  high: inverse(low),
})

/**
 * How far the nearer end is from 1, as a factor of at least 1; 1 where the interval holds 1. By this, items that tell
 * of the same thing are ranked.
 */
export function strength({ low, high }: Ratio): Fraction {
  if (compare(low, ONE) > 0) return low
  if (high !== null && compare(high, ONE) < 0) return inverse(high)
  return ONE
}

/** Whether a is wider than b: the one that leaves more open. */
export function isWider(a: Ratio, b: Ratio): boolean {
  const width = ({ low, high }: Ratio): Fraction | null =>
    high === null || low.n === 0n ? null : over(high, low)
  const [ofA, ofB] = [width(a), width(b)]
  if (ofA === null || ofB === null) return ofA === null && ofB !== null
  return compare(ofA, ofB) > 0
}
