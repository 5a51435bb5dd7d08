import type { Lots } from "./lot.ts"

/**
 * What a step has to deal out, or what an account holds: the two are one idea. A UTXO step fills a pool from its
 * debits and deals it all; an account's pot is a pool that stays, from which each debit takes a part.
 */
export interface Pool {
  readonly total: bigint
  readonly traced: bigint
  /** Puts lots at the back, in their order. */
  append(lots: Lots): void
  /**
   * Deals `amount` out, as the rule says; the lots stand in the order dealt.
   *
   * @throws RangeError when the pool holds less: the ledger was not checked before it came here
   */
  take(amount: bigint): Lots
  /** What is in it now, in order. */
  lots(): Lots
}

export function refuseShort(rule: string, total: bigint, amount: bigint): void {
  if (amount > total) throw new RangeError(`${rule}: expected at least ${amount} in the pool, got ${total}`)
}
