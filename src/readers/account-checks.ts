import type { AccountRow } from "../ledger/account-row.ts"
import { Problem, type Where } from "../units/problem.ts"

interface Exchange {
  readonly txId: string | null
  readonly assets: Set<string>
  readonly where: Where
}

/** What must hold between the rows of one record; each row by itself is checked where it is read. */
export class AccountChecks {
  readonly #seenTxs = new Set<string>()
  #txId: string | null = null
  #txHeight: number | null = null
  #n = -1
  #height: number | null = null
  readonly #exchanges = new Map<string, Exchange>()

  /**
   * @param n the row's number within its transaction, or null where the record numbers none
   * @throws Problem `height-falls`, `tx-rows-apart`, `tx-rows-disagree`, `n-not-rising`, `exchange-across-transactions`
   */
  check(row: AccountRow, n: number | null, where: Where): void {
    const { id, height } = row.tx
    if (height !== null) {
      if (this.#height !== null && height < this.#height) {
        throw new Problem("height-falls", { height, before: this.#height }, { ...where, column: "height" })
      }
      this.#height = height
    }
    if (id !== null && id === this.#txId) {
      if (height !== this.#txHeight) {
        throw new Problem("tx-rows-disagree", { tx: id }, { ...where, column: "height" })
      }
      if (n !== null && n <= this.#n) {
        throw new Problem("n-not-rising", { n, before: this.#n }, { ...where, column: "n" })
      }
    } else if (id !== null) {
      if (this.#seenTxs.has(id)) throw new Problem("tx-rows-apart", { tx: id }, { ...where, column: "txid" })
      this.#seenTxs.add(id)
    }
    this.#txId = id
    this.#txHeight = height
    this.#n = n ?? -1
    if (row.exchange !== null) this.#checkExchange(row, row.exchange, where)
  }

  #checkExchange(row: AccountRow, key: string, where: Where): void {
    let exchange = this.#exchanges.get(key)
    if (exchange === undefined) {
      exchange = { txId: row.tx.id, assets: new Set(), where }
      this.#exchanges.set(key, exchange)
    } else if (exchange.txId !== row.tx.id || row.tx.id === null) {
      throw new Problem("exchange-across-transactions", { exchange: key }, { ...where, column: "exchange" })
    }
    exchange.assets.add(row.asset)
  }

  /** @throws Problem `exchange-one-leg` or `exchange-assets` */
  finish(): void {
    for (const [key, { assets, where }] of this.#exchanges) {
      const at = { ...where, column: "exchange" }
      if (assets.size === 1) throw new Problem("exchange-one-leg", { exchange: key }, at)
      if (assets.size > 2) throw new Problem("exchange-assets", { exchange: key, assets: assets.size }, at)
    }
  }
}
