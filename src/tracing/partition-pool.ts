import { UNTRACED } from "./label.ts"
import { type Lot, type Lots, pushLot } from "./lot.ts"
import { type Pool, refuseShort } from "./pool.ts"
import { QueuePool } from "./queue-pool.ts"

/**
 * `clean-first` deals untraced value first (Re Hallett's Estate, 1880; that a pot never again holds more traced
 * value than its lowest balance since is Roscoe v Winder, 1915), `dirty-first` traced value first (Re Oatway, 1903).
 *
 * Moving lots to the front stably keeps the order within each kind, and untraced lots are all alike, so a sum and
 * a queue of the traced lots say all there is to say.
 */
export class PartitionPool implements Pool {
  readonly #first: "untraced" | "traced"
  #untraced = 0n
  readonly #tracedLots = new QueuePool("front")

  constructor(first: "untraced" | "traced") {
    this.#first = first
  }

  get total(): bigint {
    return this.#untraced + this.#tracedLots.total
  }

  get traced(): bigint {
    return this.#tracedLots.total
  }

  append(lots: Lots): void {
    for (const lot of lots) {
      if (lot.label === UNTRACED) this.#untraced += lot.amount
      else this.#tracedLots.append([lot])
    }
  }

  take(amount: bigint): Lots {
    refuseShort(this.#first === "untraced" ? "clean-first" : "dirty-first", this.total, amount)
    const available = this.#first === "untraced" ? this.#untraced : this.#tracedLots.total
    const fromFirst = amount < available ? amount : available
    const untraced = this.#first === "untraced" ? fromFirst : amount - fromFirst
    this.#untraced -= untraced
    return this.#joined(untraced, this.#tracedLots.take(amount - untraced))
  }

  lots(): Lots {
    return this.#joined(this.#untraced, this.#tracedLots.lots())
  }

  #joined(untraced: bigint, traced: Lots): Lots {
    const lots: Lot[] = []
    if (this.#first === "untraced") pushLot(lots, UNTRACED, untraced)
    for (const lot of traced) pushLot(lots, lot.label, lot.amount)
    if (this.#first === "traced") pushLot(lots, UNTRACED, untraced)
    return lots
  }
}
