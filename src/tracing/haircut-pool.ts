import { type Label, UNTRACED } from "./label.ts"
import type { Lot, Lots } from "./lot.ts"
import { type Pool, refuseShort } from "./pool.ts"

interface Row {
  readonly label: Label
  amount: bigint
}

/**
 * `haircut`: every label bears its share of every credit, in whole units. With amounts R by label number, P their
 * running sum and T the total, a credit of c gets floor(P_l*c/T) - floor(P_(l-1)*c/T) of label l. The differences
 * telescope, so they sum to c exactly and no label is ever dealt more than it has.
 */
export class HaircutPool implements Pool {
  /** By label number, ascending; amounts above zero. */
  #table: Row[] = []
  #total = 0n

  get total(): bigint {
    return this.#total
  }

  get traced(): bigint {
    const first = this.#table[0]
    return first !== undefined && first.label === UNTRACED ? this.#total - first.amount : this.#total
  }

  /** Merges two tables in one pass: a pot of many labels is fed by pots of many labels. */
  append(lots: Lots): void {
    const added = isAscending(lots) ? lots : lots.toSorted((a, b) => a.label - b.label)
    const merged: Row[] = []
    let at = 0
    for (const { label, amount } of added) {
      while (at < this.#table.length && (this.#table[at] as Row).label <= label) {
        merged.push(this.#table[at++] as Row)
      }
      const last = merged.at(-1)
      if (last !== undefined && last.label === label) last.amount += amount
      else if (amount > 0n) merged.push({ label, amount })
      this.#total += amount
    }
    while (at < this.#table.length) merged.push(this.#table[at++] as Row)
    this.#table = merged
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

function isAscending(lots: Lots): boolean {
  return lots.every((lot, at) => at === 0 || (lots[at - 1] as Lot).label <= lot.label)
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
