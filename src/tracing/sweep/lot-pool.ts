import type { RuleName } from "../../ledger/vocabulary.ts"
import { type Label, UNTRACED } from "../label.ts"
import type { FlatLots } from "./flat-lots.ts"
import type { LotArena } from "./lot-arena.ts"

/** Rules that deal lots in an order, from the front of an arranged pool. */
export type OrderedRule = Exclude<RuleName, "haircut" | "poison">

/** The lots of a step's debits, in typed arrays that are used again for each step. Neighbours with equal labels are one. */
export class LotPool {
  labels = new Uint32Array(64)
  amounts = new Float64Array(64)
  length = 0
  /** The lot that is being given out, and what is left of it. */
  #at = 0
  #left = 0
  /** Traced lots put aside while the others are moved. */
  #asideLabels = new Uint32Array(64)
  #asideAmounts = new Float64Array(64)

  clear(): void {
    this.length = 0
  }

  push(label: Label, amount: number): void {
    if (amount === 0) return
    const last = this.length - 1
    if (last >= 0 && this.labels[last] === label) {
      this.amounts[last] = (this.amounts[last] as number) + amount
      return
    }
    if (this.length === this.labels.length) this.#grow()
    this.labels[this.length] = label
    this.amounts[this.length++] = amount
  }

  pushAll(lots: FlatLots): void {
    for (let at = 0; at < lots.length; at += 2) this.push(lots[at] as number, lots[at + 1] as number)
  }

  #grow(): void {
    const room = 2 * this.length
    const [labels, amounts] = [new Uint32Array(room), new Float64Array(room)]
    labels.set(this.labels)
    amounts.set(this.amounts)
    this.labels = labels
    this.amounts = amounts
    this.#asideLabels = new Uint32Array(room)
    this.#asideAmounts = new Float64Array(room)
  }

  /** Puts the lots into the order in which the rule gives them out. */
  arrange(rule: OrderedRule): void {
    if (rule === "lifo") this.#reverse()
    else if (rule === "clean-first") this.#partition(false)
    else if (rule !== "fifo") this.#partition(true)
  }

  #reverse(): void {
    this.labels.subarray(0, this.length).reverse()
    this.amounts.subarray(0, this.length).reverse()
  }

  /** Untraced lots as one, before or behind the traced ones in their order. */
  #partition(isTracedFirst: boolean): void {
    let untraced = 0
    let traced = 0
    for (let at = 0; at < this.length; at++) {
      if (this.labels[at] === UNTRACED) untraced += this.amounts[at] as number
      else {
        this.#asideLabels[traced] = this.labels[at] as number
        this.#asideAmounts[traced++] = this.amounts[at] as number
      }
    }
    this.clear()
    if (!isTracedFirst) this.push(UNTRACED, untraced)
    for (let at = 0; at < traced; at++) {
      this.push(this.#asideLabels[at] as number, this.#asideAmounts[at] as number)
    }
    if (isTracedFirst) this.push(UNTRACED, untraced)
  }

  /** From here on lots are given out, from the front. */
  open(): void {
    this.#at = 0
    this.#left = this.length === 0 ? 0 : (this.amounts[0] as number)
  }

  /**
   * Gives out an amount, as lots at the end of an arena, which has room.
   *
   * @returns whether anything of it is traced
   */
  dealInto(arena: LotArena, amount: number): boolean {
    let missing = amount
    let isTraced = false
    while (missing > 0) {
      if (this.#at === this.length) throw new RangeError("sweep: more is dealt than came in")
      const label = this.labels[this.#at] as number
      const part = Math.min(this.#left, missing)
      isTraced ||= label !== UNTRACED
      arena.labels[arena.top] = label
      arena.amounts[arena.top++] = part
      missing -= part
      this.#take(part)
    }
    return isTraced
  }

  #take(part: number): void {
    this.#left -= part
    if (this.#left > 0) return
    this.#at++
    this.#left = this.#at < this.length ? (this.amounts[this.#at] as number) : 0
  }

  /** What has not been given out. */
  eachLeft(tell: (label: Label, amount: number) => void): void {
    if (this.#at === this.length) return
    tell(this.labels[this.#at] as number, this.#left)
    for (let at = this.#at + 1; at < this.length; at++)
      tell(this.labels[at] as number, this.amounts[at] as number)
  }

  left(): number {
    let sum = 0
    this.eachLeft((_, amount) => {
      sum += amount
    })
    return sum
  }

  rest(): FlatLots {
    const lots: number[] = []
    this.eachLeft((label, amount) => lots.push(label, amount))
    return lots
  }
}
