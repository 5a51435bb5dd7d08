import type { AccountColumns } from "./account-columns.ts"
import { AccountHistory } from "./account-history.ts"
import { AccountSteps } from "./account-steps.ts"
import { firstAtLeast } from "./search.ts"

/** What accounts hold by the rows of a ledger. */
export class AccountBalances {
  readonly #columns: AccountColumns
  readonly #history: AccountHistory

  constructor(columns: AccountColumns) {
    this.#columns = columns
    this.#history = new AccountHistory(columns, new AccountSteps(columns))
  }

  /** Of an account after a block; null where the records do not tell where all of it came from. */
  after(account: string, asset: string, height: number): bigint | null {
    const end = this.#columns.block(height)?.end ?? 0
    const pot = this.#potOf(account, asset)
    if (pot === null) return 0n
    const { from } = this.#history.movementsFrom(pot, end)
    const { before, opening } = this.#history.standingBefore(pot, from)
    return opening === 0n ? before : null
  }

  /** An account's pots stand side by side, one for each asset. */
  #potOf(account: string, asset: string): number | null {
    const id = this.#columns.accountOf(account)
    if (id === null) return null
    const accounts = this.#columns.column("pot-account")
    for (let pot = firstAtLeast(accounts, id, 0, accounts.count); pot < accounts.count; pot++) {
      if (accounts.u32(pot) !== id) break
      if (this.#columns.assetName(pot) === asset) return pot
    }
    return null
  }
}
