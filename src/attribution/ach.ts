import type { Consistency, Evidence } from "./evidence.ts"

export interface AchScore {
  readonly hypothesis: string
  /** Very inconsistent counts 2, inconsistent 1, everything else 0: what fits counts for nothing (Heuer). */
  readonly inconsistency: number
}

const SCORES: Readonly<Record<Consistency, number>> = { CC: 0, C: 0, N: 0, NA: 0, I: 1, II: 2 }

/**
 * The inconsistency of each hypothesis with the evidence that counts: a cross-check by another way of thinking, without
 * bands and without grades. The square roots by which ACH software weighs credibility are left out, because nobody
 * recomputes them by hand.
 *
 * @param counting the items that weigh something
 */
export function achScores(hypotheses: readonly string[], counting: readonly Evidence[]): readonly AchScore[] {
  return hypotheses.map(hypothesis => ({
    hypothesis,
    inconsistency: counting.reduce(
      (sum, { consistency }) => sum + SCORES[consistency.get(hypothesis) ?? "NA"],
      0,
    ),
  }))
}
