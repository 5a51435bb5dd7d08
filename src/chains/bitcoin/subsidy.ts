import type { Consensus } from "./consensus.ts"

const FIRST_SUBSIDY = 5_000_000_000n
/** Fifty coins are gone after 33 halvings; a shift by 64 and more is nothing on any chain. */
const LAST_HALVING = 64

/** The new coins that a block's coinbase may claim besides the fees, in smallest units (`GetBlockSubsidy`). */
export function subsidyAt(height: number, consensus: Consensus): bigint {
  const halvings = Math.floor(height / consensus.halving)
  return halvings >= LAST_HALVING ? 0n : FIRST_SUBSIDY >> BigInt(halvings)
}
