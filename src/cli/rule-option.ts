import { RULES, type RuleName } from "../ledger/vocabulary.ts"
import { Problem } from "../units/problem.ts"

/**
 * The rules of `--rule`, in the order in which answers list them.
 *
 * @throws Problem `rule-unknown`
 */
export function rulesOf(text: string): readonly RuleName[] {
  if (text === "all") return RULES
  const asked = text.split(",").map(name => {
    const rule = RULES.find(known => known === name.trim())
    if (rule === undefined) throw new Problem("rule-unknown", { value: name, known: RULES.join(", ") })
    return rule
  })
  return RULES.filter(rule => asked.includes(rule))
}
