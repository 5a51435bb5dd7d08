import type { CoinjoinFinding } from "./coinjoin-finding.ts"
import type { CoinjoinShape } from "./coinjoin-shape.ts"

/**
 * Samourai's 0.001, 0.01, 0.05 and 0.5 BTC (docs.samourai.io/en/whirlpool and, for the first, Sparrow and Dumplings),
 * and Ashigaru's 0.025 and 0.25 (Dumplings, Constants.cs).
 */
const POOLS: readonly number[] = [100_000, 1_000_000, 2_500_000, 5_000_000, 25_000_000, 50_000_000]
/**
 * Five to a mix at first, up to eight since the surge cycles of 15 May 2023 (Samourai's announcement; planb.academy).
 * Dumplings looks for five to ten, and so do we.
 */
const FEWEST = 5
const MOST = 10
/** What a newcomer brings above the pool's value goes to miners: 0.0011 BTC at most (Dumplings; arXiv:2109.10229). */
const MOST_FOR_MINERS = 110_000

/**
 * As many outputs as inputs, all of one pool's value and all to different owners; inputs are remixed outputs of that
 * value or bring a little more. There is no change.
 */
export function whirlpoolIn({ inputs, outputs, paidIn, equal }: CoinjoinShape): CoinjoinFinding | null {
  const size = outputs.length
  const [all] = equal
  if (size < FEWEST || size > MOST || inputs.length !== size || paidIn.length !== size) return null
  if (all === undefined || all.count !== size || !POOLS.includes(all.value)) return null
  const { value } = all
  if (inputs.some(paid => paid < value || paid > value + MOST_FOR_MINERS)) return null
  return { pattern: "whirlpool", values: [value], anonymitySet: size, doubts: ["self-transfer"] }
}
