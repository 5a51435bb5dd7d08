import { RULES, type RuleName } from "../ledger/vocabulary.ts"
import { Problem } from "../units/problem.ts"

/**
 * The rules that a ledger's shape allows.
 *
 * @throws Problem `rule-needs-utxo` where a rule that it does not allow was asked for by name
 */
export function rulesFor(
  shape: "utxo" | "account",
  rules: readonly RuleName[],
  allRules: boolean,
): readonly RuleName[] {
  if (shape === "utxo" || !rules.includes("tiho")) return RULES.filter(rule => rules.includes(rule))
  if (!allRules) throw new Problem("rule-needs-utxo", { rule: "tiho" })
  return RULES.filter(rule => rule !== "tiho" && rules.includes(rule))
}
