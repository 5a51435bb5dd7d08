import type { Condition, LabelCondition, TracedCondition } from "../contracts/policy.ts"
import { CONSERVING_RULES } from "../ledger/vocabulary.ts"
import { hasSides } from "./policy-side.ts"

/**
 * Whether a condition cannot hold without another: wherever `strict` fires, `wide` does. Told where it can be; `false`
 * says nothing.
 */
export function implies(strict: Condition, wide: Condition): boolean {
  return (
    sideImplies(strict, wide) &&
    (wide.sanctioned === undefined || sanctionedImplies(strict.sanctioned, wide.sanctioned)) &&
    holds(strict.label, wide.label, labelImplies) &&
    holds(strict.traced, wide.traced, tracedImplies) &&
    clusterImplies(strict.cluster, wide.cluster) &&
    (wide.lookAlike === undefined || strict.lookAlike === true) &&
    holds(strict.unknown, wide.unknown, subset)
  )
}

/**
 * A fact on one side is a fact on either, but for labels of those who paid an address, which the side that spent alone
 * asks for; where nothing that is asked has a side, none is narrower.
 */
function sideImplies(strict: Condition, wide: Condition): boolean {
  if (strict.side === wide.side || !hasSides(wide)) return true
  const asksPayers = wide.sanctioned !== undefined || wide.label !== undefined
  return wide.side === undefined && !(strict.side === "spent" && asksPayers)
}

function holds<T>(
  strict: T | undefined,
  wide: T | undefined,
  test: (strict: T, wide: T) => boolean,
): boolean {
  return wide === undefined || (strict !== undefined && test(strict, wide))
}

function sanctionedImplies(strict: Condition["sanctioned"], wide: "standing" | "ever"): boolean {
  return strict === wide || (strict === "standing" && wide === "ever")
}

function subset(strict: readonly string[], wide: readonly string[]): boolean {
  return strict.every(one => wide.includes(one))
}

function labelImplies(strict: LabelCondition, wide: LabelCondition): boolean {
  return (["category", "actor", "list", "confidence", "abuse"] as const).every(key =>
    holds(strict[key], wide[key], subset),
  )
}

function clusterImplies(strict: Condition["cluster"], wide: Condition["cluster"]): boolean {
  if (wide === undefined) return true
  if (strict === undefined) return false
  const isNarrower = strict.notCarried !== true || wide.notCarried === true || !asksLabels(wide)
  return (
    isNarrower &&
    (wide.sanctioned === undefined || strict.sanctioned === true) &&
    holds(strict.label, wide.label, labelImplies) &&
    holds(strict.traced, wide.traced, tracedImplies)
  )
}

function asksLabels({ sanctioned, label }: NonNullable<Condition["cluster"]>): boolean {
  return sanctioned !== undefined || label !== undefined
}

function tracedImplies(strict: TracedCondition, wide: TracedCondition): boolean {
  return (
    figureImplies(strict, wide) &&
    holds(strict.theft, wide.theft, subset) &&
    (wide.asset === undefined || strict.asset?.toLowerCase() === wide.asset.toLowerCase()) &&
    atLeast(strict.atLeast, wide.atLeast) &&
    atLeast(strict.shareAtLeast, wide.shareAtLeast) &&
    atLeast(strict.hopsAtLeast, wide.hopsAtLeast) &&
    atMost(strict.below, wide.below) &&
    atMost(strict.shareBelow, wide.shareBelow) &&
    atMost(strict.hopsAtMost, wide.hopsAtMost)
  )
}

/** The most is at least what any rule says, and what the least says; of shares nothing of the kind holds. */
function figureImplies(strict: TracedCondition, wide: TracedCondition): boolean {
  if (strict.of !== wide.of) return false
  if (strict.rule === wide.rule) return true
  const isBelowMost = strict.rule === "least" || CONSERVING_RULES.some(rule => rule === strict.rule)
  const hasUpper = [wide.below, wide.shareBelow, wide.shareAtLeast, wide.hopsAtLeast].some(
    one => one !== undefined,
  )
  return wide.rule === "most" && isBelowMost && !hasUpper
}

function atLeast<T extends bigint | number>(strict: T | undefined, wide: T | undefined): boolean {
  return wide === undefined || (strict !== undefined && strict >= wide)
}

function atMost<T extends bigint | number>(strict: T | undefined, wide: T | undefined): boolean {
  return wide === undefined || (strict !== undefined && strict <= wide)
}
