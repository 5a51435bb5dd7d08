import type { ColumnEntry } from "../columns/manifest.ts"
import type { OpenSink } from "./column-sink.ts"
import { NumberWriter } from "./number-writer.ts"

/**
 * After so many movements of a pot its balance is written down, so that what it held anywhere is found by at most as
 * many steps of adding up, and what it held before the records begin is known without any.
 */
export const CHECKPOINT_EVERY = 256

/** One leg of a step as a pot sees it: value leaves or enters. A leg to itself moves 0. */
export interface Leg {
  readonly pot: number
  /** The row of the step; of an exchange its first. */
  readonly step: number
  readonly enters: boolean
  readonly amount: bigint
  readonly originUnknown: boolean
}

/**
 * For each pot its steps in order, its opening balance and its checkpoints. Legs come by pot, then by step, and of one
 * step those that leave before those that enter: an exchange is evaluated whole, all debits before all credits.
 *
 * - `pot-move` (u64): where each pot's steps begin in `move-row` (u32); one more than there are pots
 * - `pot-check` (u32): where its checkpoints begin in `check-balance` and `check-issued`; one more likewise. The k-th
 *   is the balance before its step 256 * (k + 1), and what of unknown origin was issued into it until there
 * - `opening-pot` (u32), `opening-amount`: the pots that must have held something before the records begin: the least
 *   that keeps the balance from going below zero over all records
 */
export class MovementColumns {
  readonly #moves: NumberWriter
  readonly #rows: NumberWriter
  readonly #checks: NumberWriter
  readonly #balances: NumberWriter
  readonly #issued: NumberWriter
  readonly #openingPots: NumberWriter
  readonly #openingAmounts: NumberWriter
  #pot = -1
  #step = -1
  #moveCount = 0
  #checkCount = 0
  #ofPot = 0
  #balance = 0n
  #lowest = 0n
  #issuedSum = 0n
  #pending: { balance: bigint; issued: bigint }[] = []

  constructor(open: OpenSink, balanceWidth: number) {
    this.#moves = new NumberWriter(open, "pot-move", 8)
    this.#rows = new NumberWriter(open, "move-row", 4)
    this.#checks = new NumberWriter(open, "pot-check", 4)
    this.#balances = new NumberWriter(open, "check-balance", balanceWidth)
    this.#issued = new NumberWriter(open, "check-issued", balanceWidth)
    this.#openingPots = new NumberWriter(open, "opening-pot", 4)
    this.#openingAmounts = new NumberWriter(open, "opening-amount", balanceWidth)
  }

  push({ pot, step, enters, amount, originUnknown }: Leg): void {
    this.#reach(pot)
    if (step !== this.#step) {
      if (this.#ofPot > 0 && this.#ofPot % CHECKPOINT_EVERY === 0) {
        this.#pending.push({ balance: this.#balance, issued: this.#issuedSum })
      }
      this.#step = step
      this.#ofPot++
      this.#moveCount++
      this.#rows.push(step)
    }
    if (!enters) {
      this.#balance -= amount
      if (this.#balance < this.#lowest) this.#lowest = this.#balance
      return
    }
    this.#balance += amount
    if (originUnknown) this.#issuedSum += amount
  }

  /** Closes the pots before this one, and opens it. */
  #reach(pot: number): void {
    while (this.#pot < pot) {
      this.#finishPot()
      this.#pot++
      this.#moves.push(this.#moveCount)
      this.#checks.push(this.#checkCount)
    }
  }

  #finishPot(): void {
    if (this.#lowest < 0n) {
      this.#openingPots.push(this.#pot)
      this.#openingAmounts.pushBig(-this.#lowest)
    }
    // Only now is the opening balance known, with which no balance is below zero.
    for (const { balance, issued } of this.#pending) {
      this.#balances.pushBig(balance - this.#lowest)
      this.#issued.pushBig(issued)
    }
    this.#checkCount += this.#pending.length
    this.#pending = []
    this.#step = -1
    this.#ofPot = 0
    this.#balance = 0n
    this.#lowest = 0n
    this.#issuedSum = 0n
  }

  close(pots: number): ColumnEntry[] {
    this.#reach(pots)
    return [
      this.#moves,
      this.#rows,
      this.#checks,
      this.#balances,
      this.#issued,
      this.#openingPots,
      this.#openingAmounts,
    ].map(writer => writer.close())
  }
}
