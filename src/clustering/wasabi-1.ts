import type { CoinjoinFinding } from "./coinjoin-finding.ts"
import { type CoinjoinShape, mostParties } from "./coinjoin-shape.ts"

/** About 0.1 BTC: it was let sink from round to round, within this much (nopara73/Dumplings; arXiv:2109.10229). */
const BASE = 10_000_000
const BASE_STRAYS = 2_000_000
/** Rounds aimed at a hundred; those that failed and went on had no fewer than this. */
const FEWEST = 10

/**
 * Wasabi 1 (ZeroLink): many outputs of about 0.1 BTC, also of its doubles among richer participants, change, and one
 * output for the coordinator.
 */
export function wasabi1In(shape: CoinjoinShape): CoinjoinFinding | null {
  const base = shape.equal[0]
  if (base === undefined || base.count < FEWEST || Math.abs(base.value - BASE) > BASE_STRAYS) return null
  if (shape.inputs.length < base.count || mostParties(shape, base.value) < base.count) return null
  // Coordinator and at least one change: a batch of alike payouts has one output besides.
  const others = shape.outputs.length - base.count
  if (others < 2) return null
  const values = shape.equal.filter(({ value }) => value >= base.value).map(({ value }) => value)
  return { pattern: "wasabi-1", values, anonymitySet: base.count, doubts: ["batch-by-service"] }
}
