import type { Lots } from "./lot.ts"
import type { Pool } from "./pool.ts"

/**
 * `tiho`, taint in, highest out: the traced lots go to the credits from the highest amount down (ties: the lower
 * index), untraced lots fill what remains, and the fee, dealt last, gets traced value only when every credit is
 * full of it. The pool must deal its traced lots first. Analytical; defined on UTXO chains only.
 */
export function dealHighestFirst(pool: Pool, amounts: readonly bigint[]): readonly Lots[] {
  const dealt: Lots[] = amounts.map(() => [])
  const highestFirst = amounts
    .map((amount, index) => ({ amount, index }))
    .sort((a, b) => (a.amount === b.amount ? a.index - b.index : a.amount > b.amount ? -1 : 1))
  for (const { amount, index } of highestFirst) dealt[index] = pool.take(amount)
  return dealt
}
