import { type AccountRun, NO_POT } from "../../tracing/sweep/account-run.ts"
import type { AccountColumns } from "./account-columns.ts"
import type { AccountSteps } from "./account-steps.ts"
import { NONE } from "./codes.ts"
import { firstAtLeast } from "./search.ts"

/** Reads runs of rows: two numbers a row, and the steps of those that are asked for. */
export class AccountRuns {
  readonly #columns: AccountColumns
  readonly #steps: AccountSteps

  constructor(columns: AccountColumns, steps: AccountSteps) {
    this.#columns = columns
    this.#steps = steps
  }

  read(rowFrom: number, rowEnd: number): AccountRun {
    const [from, to] = [this.#numbers("row-from", rowFrom, rowEnd), this.#numbers("row-to", rowFrom, rowEnd)]
    const exchanges = new Set<number>()
    const [rows, firsts] = [this.#columns.column("exchange-row"), this.#columns.column("exchange-first")]
    const end = firstAtLeast(rows, rowEnd, 0, rows.count)
    for (let at = firstAtLeast(rows, rowFrom, 0, rows.count); at < end; at++) {
      const leg = rows.u32(at) - rowFrom
      from[leg] = NO_POT
      to[leg] = NO_POT
      exchanges.add(firsts.u32(at))
    }
    return {
      rowFrom,
      rowEnd,
      from,
      to,
      exchanges: [...exchanges].sort((a, b) => a - b),
      rowsOf: first => {
        const legs = this.#steps.legsAt(first)
        return {
          debits: legs.filter(leg => leg.from !== NONE).map(({ id }) => id),
          credits: legs.map(({ id }) => id),
        }
      },
      stepAt: first => this.#steps.stepAt(first),
    }
  }

  #numbers(name: string, from: number, end: number): Uint32Array {
    return new Uint32Array(this.#columns.column(name).range(from, end).buffer)
  }
}
