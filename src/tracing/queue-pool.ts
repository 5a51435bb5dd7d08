import { UNTRACED } from "./label.ts"
import { type Lot, type Lots, pushLot, tracedOf } from "./lot.ts"
import { type Pool, refuseShort } from "./pool.ts"

/** Consumed lots are dropped from memory once this many stand before the front and are half of the array. */
const COMPACT_AFTER = 1024

/** `fifo` takes from the front (Clayton's case, 1816), `lifo` from the back. */
export class QueuePool implements Pool {
  readonly #end: "front" | "back"
  #lots: Lot[] = []
  #front = 0
  #total = 0n
  #traced = 0n

  constructor(end: "front" | "back") {
    this.#end = end
  }

  get total(): bigint {
    return this.#total
  }

  get traced(): bigint {
    return this.#traced
  }

  append(lots: Lots): void {
    for (const { label, amount } of lots) {
      // An emptied front must not be merged with: what stands before #front has been dealt out.
      if (this.#front === this.#lots.length) this.#lots.push({ label, amount })
      else pushLot(this.#lots, label, amount)
      this.#total += amount
      if (label !== UNTRACED) this.#traced += amount
    }
  }

  take(amount: bigint): Lots {
    refuseShort(this.#end === "front" ? "fifo" : "lifo", this.#total, amount)
    const dealt: Lot[] = []
    let missing = amount
    while (missing > 0n) {
      const at = this.#end === "front" ? this.#front : this.#lots.length - 1
      const lot = this.#lots[at] as Lot
      if (lot.amount <= missing) {
        pushLot(dealt, lot.label, lot.amount)
        missing -= lot.amount
        if (this.#end === "front") this.#front++
        else this.#lots.pop()
      } else {
        pushLot(dealt, lot.label, missing)
        this.#lots[at] = { label: lot.label, amount: lot.amount - missing }
        missing = 0n
      }
    }
    this.#total -= amount
    this.#traced -= tracedOf(dealt)
    if (this.#front > COMPACT_AFTER && this.#front * 2 > this.#lots.length) {
      this.#lots = this.#lots.slice(this.#front)
      this.#front = 0
    }
    return dealt
  }

  lots(): Lots {
    return this.#lots.slice(this.#front)
  }
}
