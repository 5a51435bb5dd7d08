import {
  type Condition,
  type LabelCondition,
  POLICY_SCHEMA,
  type Policy,
  type PolicyRule,
  type TracedCondition,
} from "../contracts/policy.ts"
import { SIDES, UNKNOWN_CODES, VERDICTS } from "../ledger/screen-words.ts"
import { RULES } from "../ledger/vocabulary.ts"
import { Problem } from "../units/problem.ts"
import { refuseContradictions } from "./policy-contradictions.ts"
import { PolicyFields, wrong } from "./policy-fields.ts"
import { hasSides } from "./policy-side.ts"

const LABEL_KEYS = ["category", "actor", "list", "confidence", "abuse"] as const
const TRACED_KEYS = [
  "theft",
  "rule",
  "of",
  "asset",
  "atLeast",
  "below",
  "shareAtLeast",
  "shareBelow",
  "hopsAtLeast",
  "hopsAtMost",
] as const

/**
 * Reads a policy from the values of its file, and refuses one that contradicts itself.
 *
 * @throws Problem `policy-...`, naming the place by its path
 */
export function readPolicy(document: unknown, file: string): Policy {
  try {
    return policyOf(document)
  } catch (error) {
    throw error instanceof Problem ? error.at({ file }) : error
  }
}

function policyOf(document: unknown): Policy {
  const fields = new PolicyFields(document, "", ["schema", "name", "rules", "default"])
  fields.oneOf("schema", [POLICY_SCHEMA])
  const fallback = fields.oneOf("default", VERDICTS)
  const rules = fields.list("rules").map((rule, index) => ruleOf(rule, `rules.${index}`))
  refuseContradictions(rules)
  return { name: fields.has("name") ? fields.text("name") : null, rules, default: fallback }
}

function ruleOf(value: unknown, path: string): PolicyRule {
  const fields = new PolicyFields(value, path, ["id", "when", "then"])
  const id = fields.text("id")
  return {
    id,
    verdict: fields.oneOf("then", VERDICTS),
    when: conditionOf(fields.raw("when"), `${path}.when`),
  }
}

function conditionOf(value: unknown, path: string): Condition {
  const known = ["sanctioned", "label", "traced", "cluster", "lookAlike", "unknown"]
  const fields = new PolicyFields(value, path, [...known, "side"])
  const named = known.filter(key => fields.has(key))
  // What always holds is the default's place; a rule without condition is a rule half written.
  if (named.length === 0) throw wrong(path, value, known.join(" / "))
  const when: Condition = {
    ...(fields.has("side") && { side: fields.oneOf("side", SIDES) }),
    ...(fields.has("sanctioned") && {
      sanctioned: fields.oneOf("sanctioned", ["standing", "ever"] as const),
    }),
    ...(fields.has("label") && { label: labelOf(fields.raw("label"), fields.path("label")) }),
    ...(fields.has("traced") && { traced: tracedOf(fields.raw("traced"), fields.path("traced")) }),
    ...(fields.has("cluster") && { cluster: clusterOf(fields.raw("cluster"), fields.path("cluster")) }),
    ...(fields.has("lookAlike") && { lookAlike: fields.oneOf("lookAlike", [true] as const) }),
    ...(fields.has("unknown") && { unknown: unknownOf(fields) }),
  }
  refuseSide(when, path)
  return when
}

/** A side of what has none is a slip: the rule would not do what it says. */
function refuseSide(when: Condition, path: string): void {
  if (when.side === undefined) return
  if (when.side === "spent" && when.traced !== undefined) throw new Problem("policy-side-traced", { path })
  if (!hasSides(when) && when.traced === undefined) throw new Problem("policy-side-of-nothing", { path })
}

function labelOf(value: unknown, path: string): LabelCondition {
  const fields = new PolicyFields(value, path, LABEL_KEYS)
  const named = LABEL_KEYS.filter(key => fields.has(key))
  return Object.fromEntries(named.map(key => [key, fields.texts(key)]))
}

function tracedOf(value: unknown, path: string): TracedCondition {
  const fields = new PolicyFields(value, path, TRACED_KEYS)
  const amount = (["atLeast", "below"] as const).find(key => fields.has(key))
  // Smallest units of one asset say nothing of another.
  if (amount !== undefined) fields.text("asset")
  return {
    rule: fields.has("rule") ? fields.oneOf("rule", [...RULES, "least", "most"] as const) : "most",
    of: fields.has("of") ? fields.oneOf("of", ["received", "held"] as const) : "received",
    ...(fields.has("theft") && { theft: fields.texts("theft") }),
    ...(fields.has("asset") && { asset: fields.text("asset") }),
    ...(fields.has("atLeast") && { atLeast: fields.amount("atLeast") }),
    ...(fields.has("below") && { below: fields.amount("below") }),
    ...(fields.has("shareAtLeast") && { shareAtLeast: fields.share("shareAtLeast") }),
    ...(fields.has("shareBelow") && { shareBelow: fields.share("shareBelow") }),
    ...(fields.has("hopsAtLeast") && { hopsAtLeast: fields.wholeNumber("hopsAtLeast") }),
    ...(fields.has("hopsAtMost") && { hopsAtMost: fields.wholeNumber("hopsAtMost") }),
  }
}

function clusterOf(value: unknown, path: string): NonNullable<Condition["cluster"]> {
  const known = ["sanctioned", "label", "traced"]
  const fields = new PolicyFields(value, path, [...known, "notCarried"])
  if (!known.some(key => fields.has(key))) throw wrong(path, value, known.join(" / "))
  // It widens what is asked of labels; alone, or beside traced value, it would say nothing.
  if (fields.has("notCarried") && !fields.has("sanctioned") && !fields.has("label"))
    throw wrong(`${path}.notCarried`, true, "sanctioned / label")
  return {
    ...(fields.has("notCarried") && { notCarried: fields.oneOf("notCarried", [true] as const) }),
    ...(fields.has("sanctioned") && { sanctioned: fields.oneOf("sanctioned", [true] as const) }),
    ...(fields.has("label") && { label: labelOf(fields.raw("label"), fields.path("label")) }),
    ...(fields.has("traced") && { traced: tracedOf(fields.raw("traced"), fields.path("traced")) }),
  }
}

/** `true` is any of them. */
function unknownOf(fields: PolicyFields): readonly string[] {
  if (fields.raw("unknown") === true) return [...UNKNOWN_CODES].sort()
  const codes = fields.texts("unknown")
  const stray = codes.find(code => !UNKNOWN_CODES.some(known => known === code))
  if (stray !== undefined) throw wrong(fields.path("unknown"), stray, `true / ${UNKNOWN_CODES.join(" / ")}`)
  return codes
}
