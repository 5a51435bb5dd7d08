import type { CoinjoinFinding } from "./coinjoin-finding.ts"
import { type CoinjoinShape, mostParties } from "./coinjoin-shape.ts"

/** About 0.1 BTC, within 0.02 (nopara73/Dumplings, Constants.cs). */
const BASE = 10_000_000
const BASE_STRAYS = 2_000_000
/** Rounds aimed at a hundred, smaller ones went on too. Dumplings asks for ten outputs alike, and so do we. */
const FEWEST = 10

/** How far a shared value above the base may be from its doubles, in hundredths. Our own threshold. */
const DOUBLE_STRAYS = 2

/** Whether a value is the base times a power of two, or nearly. */
function isDouble(value: number, base: number): boolean {
  const exact = base * 2 ** Math.max(0, Math.round(Math.log2(value / base)))
  return Math.abs(value - exact) * 100 <= exact * DOUBLE_STRAYS
}

/**
 * Wasabi 1 (ZeroLink): many outputs of about 0.1 BTC, also of its doubles among richer participants, change, and one
 * output for the coordinator. Change can be alike by chance (it is in our staged joins), so that others alike
 * are no reason against it.
 */
export function wasabi1In(shape: CoinjoinShape): CoinjoinFinding | null {
  const base = shape.equal[0]
  if (base === undefined || base.count < FEWEST || Math.abs(base.value - BASE) > BASE_STRAYS) return null
  if (shape.inputs.length < base.count || mostParties(shape, base.value) < base.count) return null
  // Coordinator and at least one change: a batch of alike payouts has one output besides.
  const others = shape.outputs.length - base.count
  if (others < 2) return null
  const values = shape.equal.map(({ value }) => value).filter(value => isDouble(value, base.value))
  return { pattern: "wasabi-1", values, anonymitySet: base.count, doubts: ["batch-by-service"] }
}
