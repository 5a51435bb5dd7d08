/** What moved on accounts, as a ledger of an account chain answers it. */
export interface AccountGraph {
  /** All that moved on an account, in the order of the ledger. */
  movesOf(account: string): Iterable<AccountMove>
}

export interface AccountMove {
  /** Of the ledger's one order. */
  readonly position: number
  /** A number that moves of one transaction share, and no others; left out where the record has none. */
  readonly tx?: number
  readonly height: number
  readonly asset: string
  /** Smallest units of the asset, never below 0. */
  readonly amount: bigint
  readonly direction: "in" | "out"
  /** Fees have no receiver who would be told by them. */
  readonly isFee: boolean
  /** The other account; null where there is none (an issue, a burn) or it is not known. */
  readonly counterparty: string | null
}
