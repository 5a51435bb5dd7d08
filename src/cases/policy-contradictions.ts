import type { PolicyRule, TracedCondition } from "../contracts/policy.ts"
import { Problem } from "../units/problem.ts"
import { implies } from "./policy-implies.ts"

/**
 * A policy that says two things at once is refused before anything is screened by it: what it would do is not what
 * its author believes.
 *
 * @throws Problem `policy-id-twice`, `policy-thresholds`, `policy-contradiction` or `policy-never-fires`
 */
export function refuseContradictions(rules: readonly PolicyRule[]): void {
  for (const [index, rule] of rules.entries()) {
    const { id, when, verdict } = rule
    const before = rules.slice(0, index)
    if (before.some(other => other.id === id)) throw new Problem("policy-id-twice", { id })
    refuseThresholds(id, when.traced)
    refuseThresholds(id, when.cluster?.traced)
    const earlier = before.find(other => implies(when, other.when))
    if (earlier === undefined) continue
    const isSame = implies(earlier.when, when)
    if (isSame && earlier.verdict !== verdict) {
      throw new Problem("policy-contradiction", {
        a: earlier.id,
        b: id,
        first: earlier.verdict,
        second: verdict,
      })
    }
    throw new Problem("policy-never-fires", { id, earlier: earlier.id })
  }
}

function refuseThresholds(id: string, traced: TracedCondition | undefined): void {
  if (traced === undefined) return
  const { atLeast, below, shareAtLeast, shareBelow, hopsAtLeast, hopsAtMost } = traced
  const excluded = (a: string, b: string) => new Problem("policy-thresholds", { id, a, b })
  if (atLeast !== undefined && below !== undefined && atLeast >= below) throw excluded("atLeast", "below")
  if (shareAtLeast !== undefined && shareBelow !== undefined && shareAtLeast >= shareBelow) {
    throw excluded("shareAtLeast", "shareBelow")
  }
  if (hopsAtLeast !== undefined && hopsAtMost !== undefined && hopsAtLeast > hopsAtMost) {
    throw excluded("hopsAtLeast", "hopsAtMost")
  }
  // Nothing is traced below one unit: a rule that asks for less asks for nothing.
  if (below === 0n || (below === 1n && traced.of === "received")) throw excluded("traced", "below")
  if (shareBelow === 0n) throw excluded("traced", "shareBelow")
}
