import type { AccountGraph, AccountMove } from "../../clustering/account-graph.ts"
import type { Columns } from "../columns/columns.ts"
import { AccountColumns, type StoredRow } from "./account-columns.ts"
import { AccountHistory } from "./account-history.ts"
import { AccountSteps } from "./account-steps.ts"
import { NONE, TO_UNRECORDED } from "./codes.ts"
import { firstAtLeast } from "./search.ts"

/** A row's ends; null for nobody, or nobody known. */
interface StoredTransfer {
  readonly from: string | null
  readonly to: string | null
  readonly rest: string
  readonly isFee: boolean
}

/** What moved on accounts, from the published columns of an account chain, up to a height. */
export class AccountLedgerGraph implements AccountGraph {
  readonly #columns: AccountColumns
  readonly #steps: AccountSteps
  readonly #history: AccountHistory
  /** Rows from here on are beyond the horizon. */
  readonly #end: number

  /** @param toHeight inclusive; null, and anything above the ledger's, is the ledger's own horizon */
  constructor(columns: Columns, toHeight: number | null = null) {
    this.#columns = new AccountColumns(columns)
    this.#steps = new AccountSteps(this.#columns)
    this.#history = new AccountHistory(this.#columns, this.#steps)
    const tip = columns.manifest.horizon.height
    const height = toHeight === null || tip === null ? tip : Math.min(toHeight, tip)
    this.#end = height === null ? 0 : (this.#columns.block(height)?.end ?? 0)
  }

  /** Whether the ledger has an account of this name, moved or not. */
  has(account: string): boolean {
    return this.#columns.accountOf(account) !== null
  }

  /** How many steps move something on an account, whatever its assets: no fewer than that are up to the horizon. */
  stepCount(account: string): number {
    let count = 0
    for (const pot of this.#potsOf(account)) {
      const { from, end } = this.#history.movementsFrom(pot, 0)
      count += end - from
    }
    return count
  }

  /**
   * In the order of rows; an exchange stands whole at its first one, what leaves in it before what enters. Holds a
   * number for each step of the account: ask `stepCount` first.
   */
  *movesOf(account: string): Generator<AccountMove> {
    const pots = this.#potsOf(account)
    const rows = new Set<number>()
    for (const pot of pots) {
      const { from, end } = this.#history.movementsFrom(pot, 0)
      for (let at = from; at < end; at++) {
        const row = this.#history.rowOf(at)
        if (row >= this.#end) break
        rows.add(row)
      }
    }
    const own = new Set(pots)
    for (const row of Uint32Array.from(rows).sort()) {
      const legs = this.#steps.legsAt(row).filter(({ from, to }) => from !== to)
      for (const leg of legs) if (own.has(leg.from)) yield this.#move(leg, row, "out")
      for (const leg of legs) if (own.has(leg.to)) yield this.#move(leg, row, "in")
    }
  }

  /** An account's pots stand side by side, one for each asset. */
  #potsOf(account: string): number[] {
    const id = this.#columns.accountOf(account)
    if (id === null) return []
    const accounts = this.#columns.column("pot-account")
    const pots: number[] = []
    for (let pot = firstAtLeast(accounts, id, 0, accounts.count); pot < accounts.count; pot++) {
      if (accounts.u32(pot) !== id) break
      pots.push(pot)
    }
    return pots
  }

  #move({ from, to, amount, tx, kind }: StoredRow, row: number, direction: "in" | "out"): AccountMove {
    const [pot, other] = direction === "in" ? [to, from] : [from, to]
    return {
      position: row,
      tx,
      height: this.#columns.tx(tx).height ?? 0,
      asset: this.#columns.assetName(pot),
      amount,
      direction,
      isFee: kind === "fee",
      counterparty: this.#nameOf(other),
    }
  }

  /** Who gave and who got in the rows of a transaction, by what its references begin with, up to the horizon. */
  *transfersOf(txid: string): Generator<StoredTransfer> {
    for (const tx of this.#columns.transactionsOf(txid)) {
      const { first, end } = this.#columns.rowsOfTx(tx)
      for (let row = first; row < Math.min(end, this.#end); row++) {
        const { from, to, kind } = this.#columns.row(row)
        const rest = this.#columns.suffixOf(row)
        yield { from: this.#nameOf(from), to: this.#nameOf(to), rest, isFee: kind === "fee" }
      }
    }
  }

  #nameOf(pot: number): string | null {
    return pot === NONE || pot === TO_UNRECORDED ? null : this.#columns.accountName(pot)
  }

  /** The transaction of a move, as its references begin. */
  txidAt(position: number): string {
    return this.#columns.beginningOf(this.#columns.row(position).tx)
  }
}
