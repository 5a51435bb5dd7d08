import type { MeasuredHeuristic } from "../clustering/measured-rates.ts"
import type { ScreenAnswer } from "../contracts/screen.ts"
import { clustersOf } from "./screen-findings.ts"

/** What an answer rests on that was measured where the truth is known. */
export function heuristicsUsed(answer: ScreenAnswer): readonly MeasuredHeuristic[] {
  const used = clustersOf(answer).flatMap(({ cluster }) => cluster.heuristics)
  // Measured on addresses in hexadecimal alone.
  const isAlike = answer.lookAlikes.some(
    ({ found, imitates }) => found === "resembles" && imitates?.startsWith("0x"),
  )
  return isAlike ? [...used, "look-alike"] : used
}
