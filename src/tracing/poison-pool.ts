import { type Label, type LabelTable, UNTRACED } from "./label.ts"
import { type Lots, untracedLots } from "./lot.ts"
import { type Pool, refuseShort } from "./pool.ts"

/**
 * `poison`: any traced value makes all of it traced, each theft for itself, until nothing is left. An upper reach
 * that conserves nothing (Möser, Böhme and Breuker 2014 name it).
 */
export class PoisonPool implements Pool {
  readonly #labels: LabelTable
  #label: Label = UNTRACED
  #total = 0n

  constructor(labels: LabelTable) {
    this.#labels = labels
  }

  get total(): bigint {
    return this.#total
  }

  get traced(): bigint {
    return this.#label === UNTRACED ? 0n : this.#total
  }

  append(lots: Lots): void {
    for (const lot of lots) {
      this.#total += lot.amount
      this.#label = this.#labels.union(this.#label, lot.label)
    }
  }

  take(amount: bigint): Lots {
    refuseShort("poison", this.#total, amount)
    const dealt = this.#label === UNTRACED ? untracedLots(amount) : wholly(this.#label, amount)
    this.#total -= amount
    if (this.#total === 0n) this.#label = UNTRACED
    return dealt
  }

  lots(): Lots {
    return this.#label === UNTRACED ? untracedLots(this.#total) : wholly(this.#label, this.#total)
  }
}

function wholly(label: Label, amount: bigint): Lots {
  return amount === 0n ? [] : [{ label, amount }]
}
