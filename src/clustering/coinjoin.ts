import type { CoinjoinFinding } from "./coinjoin-finding.ts"
import { type CoinjoinShape, shapeOf } from "./coinjoin-shape.ts"
import { equalOutputsIn } from "./equal-outputs.ts"
import { joinmarketIn } from "./joinmarket.ts"
import type { OwnedTransaction } from "./owner-graph.ts"
import { wasabi1In } from "./wasabi-1.ts"
import { wasabi2In } from "./wasabi-2.ts"
import { whirlpoolIn } from "./whirlpool.ts"

/** No pattern fits less than this many inputs, owners of inputs, and outputs. */
export const FEWEST_IN_COINJOIN = 3

/** The narrower pattern first: what fits Whirlpool fits the wider ones too. */
const PATTERNS: readonly ((shape: CoinjoinShape) => CoinjoinFinding | null)[] = [
  whirlpoolIn,
  wasabi1In,
  wasabi2In,
  joinmarketIn,
  equalOutputsIn,
]

/**
 * Whether a transaction looks like one of several owners, by which pattern, and what that cannot rule out; null where
 * no pattern fits, which does not prove that it has one owner (payjoins and joins of two have no pattern here).
 *
 * Sums are of smallest units and below 2^53 on all chains of Bitcoin's family, values being checked against supply.
 */
export function coinjoinOf(tx: OwnedTransaction): CoinjoinFinding | null {
  if (tx.isCoinbase || tx.inputs.length < FEWEST_IN_COINJOIN || tx.outputs.length < FEWEST_IN_COINJOIN)
    return null
  const shape = shapeOf(tx)
  if (shape.paidIn.length < FEWEST_IN_COINJOIN) return null
  for (const pattern of PATTERNS) {
    const finding = pattern(shape)
    if (finding !== null) return finding
  }
  return null
}
