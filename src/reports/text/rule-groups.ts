import type { AssetAnswer, ConservingAnswer } from "../../contracts/trace.ts"
import { CONSERVING_RULES, type ConservingRule } from "../../ledger/vocabulary.ts"

/** Conserving rules that give one and the same answer; they share a column. */
export interface RuleGroup {
  readonly rules: readonly ConservingRule[]
  readonly answer: ConservingAnswer
}

export function ruleGroups({ rules }: AssetAnswer): readonly RuleGroup[] {
  const groups = new Map<string, { rules: ConservingRule[]; answer: ConservingAnswer }>()
  for (const rule of CONSERVING_RULES) {
    const answer = rules[rule]
    if (answer === undefined) continue
    const { total, byTheft, holdings, arrivals } = answer
    const key = JSON.stringify([total, byTheft, holdings, arrivals])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { rules: [rule], answer })
    else group.rules.push(rule)
  }
  return [...groups.values()]
}
