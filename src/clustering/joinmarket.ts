import type { CoinjoinFinding } from "./coinjoin-finding.ts"
import { type CoinjoinShape, mostParties } from "./coinjoin-shape.ts"

/** Two alike are how one owner pays two people: a join of two parties is not told from it (doubt `two-party-join`). */
const FEWEST = 3
/**
 * Marks of other protocols in fixed small outputs (546, 2730, 5430 smallest units ...) are no mixing. BlockSci
 * leaves out 546 and 2730 only.
 */
export const LEAST_MIXED = 10_000

/**
 * JoinMarket: n outputs alike and up to n of change, from at least n owners that can each have paid as much (the form
 * that Goldfeder and others 2018 and BlockSci's `isCoinjoin` look for, with the bound on the parties added).
 */
export function joinmarketIn(shape: CoinjoinShape): CoinjoinFinding | null {
  const [most] = shape.equal
  if (most === undefined || most.count < FEWEST || most.value < LEAST_MIXED) return null
  const { value, count } = most
  if (shape.outputs.length > 2 * count || shape.paidIn.length < count) return null
  if (mostParties(shape, value) < count) return null
  return { pattern: "joinmarket", values: [value], anonymitySet: count, doubts: ["batch-by-service"] }
}
