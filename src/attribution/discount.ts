import { compare, type Fraction, inverse, ONE, over, plus, rest, times } from "./fraction.ts"
import type { CappedRatio, Ratio } from "./ratio.ts"

/**
 * Draws a ratio toward 1 by the share r of it that is to be believed:
 *
 *     LR >= 1:  1 + r (LR - 1)
 *     LR <  1:  1 / (1 + r (1/LR - 1))
 *
 * r = 1 leaves it, r = 0 makes it 1, and the ratio of the two hypotheses turned about is its inverse. It stands for a
 * report that is of the fact with chance r, and otherwise comes as readily as the less favoured hypothesis would have it.
 */
export function discounted(ratio: Ratio, share: Fraction): Ratio {
  return {
    low: discountedEnd(ratio.low, share),
    high: ratio.high === null ? (share.n === 0n ? ONE : null) : discountedEnd(ratio.high, share),
  }
}

function discountedEnd(end: Fraction, share: Fraction): Fraction {
  if (compare(end, ONE) >= 0) return plus(rest(share), times(share, end))
  if (end.n === 0n) return share.n === 0n ? ONE : end
  return inverse(plus(rest(share), over(share, end)))
}

/**
 * Holds a product to what it can be worth when, with chance m, the whole body of evidence misleads and would look the
 * same whoever did it:
 *
 *     LR >= 1:  1 / ((1 - m) / LR + m)      never above 1/m
 *     LR <  1:  (1 - m) LR + m              never below m
 *
 * @param chance above 0
 */
export function capped({ low, high }: Ratio, chance: Fraction): CappedRatio {
  return {
    low: cappedEnd(low, chance),
    high: high === null ? inverse(chance) : cappedEnd(high, chance),
  }
}

function cappedEnd(end: Fraction, chance: Fraction): Fraction {
  if (compare(end, ONE) < 0) return plus(times(rest(chance), end), chance)
  return inverse(plus(over(rest(chance), end), chance))
}
