import type { CoinjoinFinding } from "./coinjoin-finding.ts"
import { type CoinjoinShape, mostParties } from "./coinjoin-shape.ts"
import { LEAST_MIXED } from "./joinmarket.ts"

const FEWEST_ALIKE = 3
const FEWEST_IN_ALL = 5

/**
 * Any other join with outputs alike, as SharedCoin or a wallet of its own makes them: at least half of the outputs
 * share their value with two others, and as many parties as share the most shared one can have paid it.
 */
export function equalOutputsIn(shape: CoinjoinShape): CoinjoinFinding | null {
  const alike = shape.equal.filter(({ value, count }) => count >= FEWEST_ALIKE && value >= LEAST_MIXED)
  const [most] = alike
  if (most === undefined) return null
  const outputs = alike.reduce((sum, { count }) => sum + count, 0)
  if (outputs < FEWEST_IN_ALL || 2 * outputs < shape.outputs.length) return null
  if (shape.paidIn.length < most.count || mostParties(shape, most.value) < most.count) return null
  const values = alike.map(({ value }) => value)
  return { pattern: "equal-outputs", values, anonymitySet: most.count, doubts: ["batch-by-service"] }
}
