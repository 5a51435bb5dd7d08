import { type Fraction, ONE, over, plus, times, ZERO } from "./fraction.ts"
import { type CappedRatio, turned } from "./ratio.ts"
import type { PairAnswer } from "./weigh.ts"

export interface Posterior {
  readonly hypothesis: string
  readonly prior: Fraction
  readonly low: Fraction
  readonly high: Fraction
}

/**
 * What the ratios make of priors that a user has declared:
 *
 *     P(A|E) = prior(A) / sum over every B of prior(B) LR(B:A)
 *
 * low with every ratio at its high end, high with every ratio at its low end.
 *
 * @param priors of every hypothesis; they sum to 1
 */
export function posteriors(
  priors: ReadonlyMap<string, Fraction>,
  answers: readonly PairAnswer[],
): readonly Posterior[] {
  return [...priors].map(([hypothesis, prior]) => {
    const end = (of: "low" | "high"): Fraction => {
      if (prior.n === 0n) return ZERO
      const sum = [...priors].reduce((total, [other, share]) => {
        const ratio = other === hypothesis ? ONE : ratioBetween(other, hypothesis, answers)[of]
        return plus(total, times(share, ratio))
      }, ZERO)
      return over(prior, sum)
    }
    return { hypothesis, prior, low: end("high"), high: end("low") }
  })
}

function ratioBetween(one: string, other: string, answers: readonly PairAnswer[]): CappedRatio {
  const known = answers.find(answer => answer.for === one && answer.against === other)
  if (known !== undefined) return known.capped
  const reverse = answers.find(answer => answer.for === other && answer.against === one)
  return reverse === undefined ? { low: ONE, high: ONE } : turned(reverse.capped)
}
