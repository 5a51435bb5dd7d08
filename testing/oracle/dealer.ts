import type { RuleName } from "../../src/contracts/trace.ts"
import { share, takeShare } from "./haircut.ts"
import type { LabelNumbers } from "./label-numbers.ts"
import {
  amountOf,
  isTraced,
  type Label,
  type Lot,
  merged,
  type Parted,
  takeBack,
  takeFront,
  untraced,
} from "./lot.ts"
import { dealTiho } from "./tiho.ts"

/** How one rule arranges lots, takes from them and deals them. */
export class Dealer {
  readonly #rule: RuleName
  readonly #numbers: LabelNumbers

  constructor(rule: RuleName, numbers: LabelNumbers) {
    this.#rule = rule
    this.#numbers = numbers
  }

  /** The lots of a pot or a pool in the order in which the rule keeps them. */
  arrange(lots: readonly Lot[]): Lot[] {
    const clean = lots.filter(lot => !isTraced(lot))
    const traced = lots.filter(isTraced)
    switch (this.#rule) {
      case "clean-first":
        return merged([...clean, ...traced])
      case "dirty-first":
        return merged([...traced, ...clean])
      case "haircut":
        return this.#numbers.table(lots)
      case "poison":
        return whollyTraced(lots)
      default:
        return merged(lots)
    }
  }

  /** "a credit's lots stand in the order dealt"; what haircut holds is a table by label number. */
  asDealt(lots: readonly Lot[]): Lot[] {
    return this.#rule === "clean-first" || this.#rule === "dirty-first" ? merged(lots) : this.arrange(lots)
  }

  /** "a debit takes from the front (fifo), the back (lifo), untraced first, traced first, or proportionally". */
  take(lots: readonly Lot[], amount: bigint): Parted {
    const arranged = this.arrange(lots)
    if (this.#rule === "lifo") return takeBack(arranged, amount)
    if (this.#rule === "haircut") return takeShare(arranged, amount)
    return takeFront(arranged, amount)
  }

  /** Deals the pool to credits of these amounts in output order; `rest` is what the fee, last, is dealt. */
  deal(pool: readonly Lot[], amounts: readonly bigint[]): { dealt: Lot[][]; rest: Lot[] } {
    if (this.#rule === "tiho") return dealTiho(pool, amounts)
    let remaining = [...pool]
    const dealt = amounts.map(amount => {
      const { taken, left } = this.take(remaining, amount)
      remaining = left
      return taken
    })
    return { dealt, rest: this.take(remaining, amountOf(remaining)).taken }
  }

  /**
   * "B's credit is dealt the same labels in proportion (the haircut formula with c = 1 credit of B's amount over A's
   * amounts)", under every rule, so by label number. Several credits of B are first one credit of their sum, which
   * the same formula then divides among them in row order.
   */
  convert(given: readonly Lot[], amounts: readonly bigint[]): Lot[][] {
    const sum = amounts.reduce((a, b) => a + b, 0n)
    if (amountOf(given) === 0n) return amounts.map(untraced)
    if (this.#rule === "poison") {
      const label = union(given)
      return amounts.map(amount => merged([{ label, amount }]))
    }
    let remaining = share(this.#numbers.table(given), sum)
    return amounts.map(amount => {
      const { taken, left } = takeShare(remaining, amount)
      remaining = left
      return taken
    })
  }

  /** "each of its lots with label L becomes L+[t] (untraced becomes [t]; L that names t already stays)". */
  declare(label: Label, theft: string): Label {
    if (label.includes(theft)) return label
    return this.#rule === "poison" ? [...label, theft].sort() : [...label, theft]
  }
}

/**
 * `poison`: "any traced debit makes every credit wholly traced, each theft for itself (labels are sets); an account
 * pot is wholly traced from its first traced credit until its balance is 0". So a pot or pool is one lot; a set is
 * written as its ids in order.
 */
function whollyTraced(lots: readonly Lot[]): Lot[] {
  return merged([{ label: union(lots), amount: amountOf(lots) }])
}

function union(lots: readonly Lot[]): Label {
  return [...new Set(lots.flatMap(lot => lot.label))].sort()
}
