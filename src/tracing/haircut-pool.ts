import { type Label, UNTRACED } from "./label.ts"
import type { Lot, Lots } from "./lot.ts"
import { type Pool, refuseShort } from "./pool.ts"

/**
 * `haircut`: every label bears its share of every credit, in whole units. With amounts R by label number, P their
 * running sum and T the total, a credit of c gets floor(P_l*c/T) - floor(P_(l-1)*c/T) of label l. The differences
 * telescope, so they sum to c exactly and no label is ever dealt more than it has.
 */
export class HaircutPool implements Pool {
  /** By label number, ascending; amounts above zero. */
  readonly #table: { label: Label; amount: bigint }[] = []
  #total = 0n

  get total(): bigint {
    return this.#total
  }

  get traced(): bigint {
    const first = this.#table[0]
    return first !== undefined && first.label === UNTRACED ? this.#total - first.amount : this.#total
  }

  append(lots: Lots): void {
    for (const { label, amount } of lots) {
      let at = this.#table.length
      while (at > 0 && (this.#table[at - 1] as Lot).label > label) at--
      const before = this.#table[at - 1]
      if (before !== undefined && before.label === label) before.amount += amount
      else if (amount > 0n) this.#table.splice(at, 0, { label, amount })
      this.#total += amount
    }
  }

  take(amount: bigint): Lots {
    refuseShort("haircut", this.#total, amount)
    if (amount === 0n) return []
    const shares = sharesOf(this.#table, this.#total, amount)
    const dealt: Lot[] = []
    let kept = 0
    for (const [index, row] of this.#table.entries()) {
      const share = shares[index] as bigint
      if (share > 0n) dealt.push({ label: row.label, amount: share })
      row.amount -= share
      if (row.amount > 0n) this.#table[kept++] = row
    }
    this.#table.length = kept
    this.#total -= amount
    return dealt
  }

  lots(): Lots {
    return this.#table.map(row => ({ label: row.label, amount: row.amount }))
  }
}

/** What each row of a table gets of a credit `c`, by the formula above; `total` is the sum of the rows, not 0. */
export function sharesOf(table: Lots, total: bigint, c: bigint): bigint[] {
  const shares: bigint[] = []
  let running = 0n
  let dealtBefore = 0n
  for (const row of table) {
    running += row.amount
    const dealt = (running * c) / total
    shares.push(dealt - dealtBefore)
    dealtBefore = dealt
  }
  return shares
}
