import { weakest } from "../../ledger/grade.ts"
import type { Credit, Debit, Step } from "../../ledger/step.ts"
import { positionOf } from "../../units/position.ts"
import type { AccountColumns, StoredRow } from "./account-columns.ts"
import { NONE, TO_UNRECORDED } from "./codes.ts"
import { firstAtLeast } from "./search.ts"

/** A busy transaction's step is asked for by every account in it. */
const MOST_KEPT = 4096

/** Steps made of rows: a row is a step at its own id; the rows of one exchange are one step at the id of the first. */
export class AccountSteps {
  readonly #columns: AccountColumns
  readonly #kept = new Map<number, Step>()

  constructor(columns: AccountColumns) {
    this.#columns = columns
  }

  /** The row at which the step of a row stands. */
  firstRowOf(row: StoredRow): number {
    if (!row.isExchange) return row.id
    const rows = this.#columns.column("exchange-row")
    return this.#columns.column("exchange-first").u32(firstAtLeast(rows, row.id, 0, rows.count))
  }

  /** The rows of the step that stands at a row. */
  legsAt(first: number): readonly StoredRow[] {
    const row = this.#columns.row(first)
    if (!row.isExchange) return [row]
    const [rows, firsts] = [this.#columns.column("exchange-row"), this.#columns.column("exchange-first")]
    const legs: StoredRow[] = []
    // An exchange lies within one transaction, perhaps with another one between its legs.
    const { end } = this.#columns.rowsOfTx(row.tx)
    for (let at = firstAtLeast(rows, first, 0, rows.count); at < rows.count && rows.u32(at) < end; at++) {
      if (firsts.u32(at) === first) legs.push(this.#columns.row(rows.u32(at)))
    }
    return legs
  }

  stepAt(first: number): Step {
    const known = this.#kept.get(first)
    if (known !== undefined) return known
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear()
    const step = this.#make(this.legsAt(first))
    this.#kept.set(first, step)
    return step
  }

  #make(legs: readonly StoredRow[]): Step {
    const first = legs[0] as StoredRow
    return {
      shape: first.isExchange ? "exchange" : "account",
      kind: first.kind,
      position: positionOf(0, first.id),
      tx: this.#columns.tx(first.tx),
      debits: legs.filter(({ from }) => from !== NONE).map(leg => this.#debitOf(leg)),
      credits: legs.map(leg => this.#creditOf(leg)),
      grade: legs.reduce((grade, leg) => weakest(grade, leg.grade), first.grade),
      source: this.#columns.sourceOf(first.id),
    }
  }

  #debitOf({ from, to, amount }: StoredRow): Debit {
    // A leg to oneself moves nothing; it keeps its place, since references count the legs.
    return { pot: from, asset: this.#columns.assetName(from), amount: from === to ? 0n : amount }
  }

  #creditOf({ from, to, amount: stated, isExchange, originUnknown }: StoredRow): Credit {
    const asset = this.#columns.assetName(from === NONE ? to : from)
    const amount = isExchange && from === to ? 0n : stated
    if (to === NONE) return { to: "burned", asset, amount, address: null }
    if (to === TO_UNRECORDED) return { to: "unrecorded", asset, amount, address: null, payer: from }
    const credit = { to, asset, amount, address: this.#columns.accountName(to) }
    return originUnknown ? { ...credit, originUnknown } : credit
  }
}
