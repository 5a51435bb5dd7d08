/** How often a heuristic was right, said too much, and said nothing where there was something. */
export interface Tally {
  truePositives: number
  falsePositives: number
  /** Null where there is no telling what should have been found. */
  falseNegatives: number | null
}

export type Tallies = Map<string, Tally>

export const newTally = (): Tally => ({ truePositives: 0, falsePositives: 0, falseNegatives: 0 })

export function tallyOf(tallies: Tallies, heuristic: string): Tally {
  const known = tallies.get(heuristic)
  if (known !== undefined) return known
  const tally = newTally()
  tallies.set(heuristic, tally)
  return tally
}

/** One case: what was said of it, and what is so. */
export function score(tally: Tally, said: boolean, isSo: boolean, times = 1): void {
  if (said && isSo) tally.truePositives += times
  else if (said) tally.falsePositives += times
  else if (isSo && tally.falseNegatives !== null) tally.falseNegatives += times
}

export function addTallies(to: Tallies, from: Tallies): void {
  for (const [heuristic, { truePositives, falsePositives, falseNegatives }] of from) {
    const sum = tallyOf(to, heuristic)
    sum.truePositives += truePositives
    sum.falsePositives += falsePositives
    sum.falseNegatives =
      sum.falseNegatives === null || falseNegatives === null ? null : sum.falseNegatives + falseNegatives
  }
}
