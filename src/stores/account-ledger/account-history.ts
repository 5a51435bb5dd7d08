import type { PotId } from "../../ledger/step.ts"
import type { Standing } from "../../tracing/sweep/account-run.ts"
import type { AccountColumns } from "./account-columns.ts"
import type { AccountSteps } from "./account-steps.ts"
import { CHECKPOINT_EVERY } from "./movement-columns.ts"
import { bigOf } from "./number-writer.ts"
import { firstAtLeast } from "./search.ts"

/** What moved on pots: where each one's movements lie, and what it held between them. */
export class AccountHistory {
  readonly #columns: AccountColumns
  readonly #steps: AccountSteps

  constructor(columns: AccountColumns, steps: AccountSteps) {
    this.#columns = columns
    this.#steps = steps
  }

  /** Where a pot's movements from a row on lie in `move-row`. */
  movementsFrom(pot: PotId, row: number): { readonly from: number; readonly end: number } {
    const moves = this.#columns.column("pot-move")
    const [from, end] = [moves.uint53(pot), moves.uint53(pot + 1)]
    return { from: firstAtLeast(this.#columns.column("move-row"), row, from, end), end }
  }

  /** The row of a movement's step. */
  rowOf(movement: number): number {
    return this.#columns.column("move-row").u32(movement)
  }

  /** How a pot stands before one of its movements. */
  standingBefore(pot: PotId, movement: number): Standing {
    const begin = this.#columns.column("pot-move").uint53(pot)
    const passed = Math.floor((movement - begin) / CHECKPOINT_EVERY)
    const opening = this.openingOf(pot)
    let [before, issued] = passed === 0 ? [opening, 0n] : this.#checkpoint(pot, passed - 1)
    for (let at = begin + passed * CHECKPOINT_EVERY; at < movement; at++) {
      for (const { from, to, amount, originUnknown } of this.#steps.legsAt(this.rowOf(at))) {
        if (from === to) continue
        if (from === pot) before -= amount
        if (to !== pot) continue
        before += amount
        if (originUnknown) issued += amount
      }
    }
    return { before, opening, issued }
  }

  #checkpoint(pot: PotId, ordinal: number): [balance: bigint, issued: bigint] {
    const at = this.#columns.column("pot-check").u32(pot) + ordinal
    const read = (name: string): bigint => bigOf(this.#columns.column(name).bytes(at))
    return [read("check-balance"), read("check-issued")]
  }

  /** What a pot must have held before the records begin. */
  openingOf(pot: PotId): bigint {
    const pots = this.#columns.column("opening-pot")
    const at = firstAtLeast(pots, pot, 0, pots.count)
    return at < pots.count && pots.u32(at) === pot
      ? bigOf(this.#columns.column("opening-amount").bytes(at))
      : 0n
  }
}
