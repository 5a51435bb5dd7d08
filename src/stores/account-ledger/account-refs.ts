import type { Located } from "../../tracing/need.ts"
import { Problem } from "../../units/problem.ts"
import type { AccountColumns } from "./account-columns.ts"
import type { AccountSteps } from "./account-steps.ts"
import { NONE } from "./codes.ts"

/** Where a reference's credit is among the rows of an account chain. */
export class AccountRefs {
  readonly #columns: AccountColumns
  readonly #steps: AccountSteps

  constructor(columns: AccountColumns, steps: AccountSteps) {
    this.#columns = columns
    this.#steps = steps
  }

  /**
   * @param end the first row beyond the horizon
   * @throws Problem `ref-unknown`, `ref-ambiguous`
   */
  locate(ref: string, end: number): Located {
    const rows = this.#rowsOf(ref)
    const [row] = rows
    if (row === undefined) throw new Problem("ref-unknown", { ref })
    if (rows.length > 1) throw new Problem("ref-ambiguous", { ref })
    const stored = this.#columns.row(row)
    if (row >= end) return { beyond: this.#columns.assetName(stored.from === NONE ? stored.to : stored.from) }
    const first = this.#steps.firstRowOf(stored)
    const credit = this.#steps.legsAt(first).findIndex(({ id }) => id === row)
    return { step: this.#steps.stepAt(first), credit }
  }

  /** A reference is what its transaction's begin with and the rest; an opaque id may have a "#" of its own. */
  #rowsOf(ref: string): readonly number[] {
    const found: number[] = []
    for (let cut = ref.indexOf("#"); cut !== -1; cut = ref.indexOf("#", cut + 1)) {
      this.#collect(ref.slice(0, cut), ref.slice(cut), found)
    }
    this.#collect(ref, "", found)
    return found
  }

  #collect(beginning: string, rest: string, found: number[]): void {
    for (const tx of this.#columns.transactionsOf(beginning)) {
      const { first, end } = this.#columns.rowsOfTx(tx)
      for (let row = first; row < end; row++) if (this.#columns.suffixOf(row) === rest) found.push(row)
    }
  }
}
