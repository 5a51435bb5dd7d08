import type { MeasuredHeuristic } from "../clustering/measured-rates.ts"
import type { ScreenAnswer } from "../contracts/screen.ts"
import { clustersOf } from "./screen-findings.ts"

/** As checked and written in one form: no other address is so long in capitals alone. */
const NEM_FORM = /^N[A-D][A-Z2-7]{38}$/

/** What an answer rests on that was measured where the truth is known. */
export function heuristicsUsed(answer: ScreenAnswer): readonly MeasuredHeuristic[] {
  const used = clustersOf(answer).flatMap(({ cluster }) => cluster.heuristics)
  const alike = answer.lookAlikes.flatMap(({ found, imitates }) =>
    found === "resembles" && imitates !== null ? (likenessMeasured(imitates) ?? []) : [],
  )
  return [...used, ...new Set(alike)]
}

/** Of each form of address what was measured on it; null where nothing was. */
function likenessMeasured(address: string): MeasuredHeuristic | null {
  if (address.startsWith("0x")) return "look-alike"
  return NEM_FORM.test(address) ? "look-alike-nem" : null
}
