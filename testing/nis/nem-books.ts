import type { TransferRow } from "../oracle/rows.ts"

/** What is moved while a ledger is made up: the rows that a reader of it should come to, and every balance. */
export class NemBooks {
  readonly rows: TransferRow[] = []
  readonly balances = new Map<string, Map<string, bigint>>()

  of(account: string, asset: string): bigint {
    return this.balances.get(account)?.get(asset) ?? 0n
  }

  /** The rows of one transaction, in the order of the model; an empty end issues or burns. */
  enter(
    tx: Pick<TransferRow, "txid" | "height" | "time">,
    rows: readonly Pick<TransferRow, "from" | "to" | "asset" | "amount" | "kind">[],
  ): void {
    for (const [n, row] of rows.entries()) {
      this.rows.push({ ...tx, n, ...row })
      this.#change(row.from, row.asset, -row.amount)
      this.#change(row.to, row.asset, row.amount)
      if (this.of(row.from, row.asset) < 0n) throw new Error(`${row.from} pays ${row.asset} that it has not`)
    }
  }

  #change(account: string, asset: string, by: bigint): void {
    if (account === "") return
    const own = this.balances.get(account) ?? new Map<string, bigint>()
    this.balances.set(account, own.set(asset, (own.get(asset) ?? 0n) + by))
  }
}
