import { type AddressForm, formOf } from "../clustering/look-alike.ts"
import type { MeasuredHeuristic } from "../clustering/measured-rates.ts"
import type { LookAlikeItem, ScreenAnswer } from "../contracts/screen.ts"
import { clustersOf } from "./screen-findings.ts"

/** By how the imitated address is written; a form that is not here was not measured. */
const OF_FORM: ReadonlyMap<AddressForm, MeasuredHeuristic> = new Map([
  ["hex", "look-alike"],
  ["nem", "look-alike-nem"],
  ["bech32", "look-alike-bech32"],
  ["base58", "look-alike-base58"],
])

/** What an answer rests on that was measured where the truth is known. */
export function heuristicsUsed(answer: ScreenAnswer): readonly MeasuredHeuristic[] {
  const alike = new Set(answer.lookAlikes.flatMap(likenessUsed))
  const deposit = answer.deposit?.heuristics ?? []
  return [...deposit, ...clustersOf(answer).flatMap(({ cluster }) => cluster.heuristics), ...alike]
}

/** An address's ends, and a symbol's letters; what a record says rests on neither. */
function likenessUsed({ found, what, imitates, symbol }: LookAlikeItem): readonly MeasuredHeuristic[] {
  if (imitates === null) return []
  // That a token is forged the record says; that it is called like this asset its letters do, unless it is written so.
  if (what === "token") return imitates === symbol ? [] : ["look-alike-symbol"]
  const form = found === "resembles" ? formOf(imitates) : null
  const used = form === null ? undefined : OF_FORM.get(form)
  return used === undefined ? [] : [used]
}
