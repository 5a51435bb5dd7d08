import type { RuleName } from "../../ledger/vocabulary.ts"
import type { PotTable } from "./pot-table.ts"
import type { SavedBook } from "./sweep-book.ts"
import type { Declared } from "./sweep-chain.ts"

/** What a sweep is asked under one rule. */
export interface SweepQuestion {
  readonly rule: RuleName
  readonly fees: "drop" | "follow"
  /** Every credit declared stolen that the ledger holds so far, in any order. */
  readonly declared: readonly Declared[]
}

/** Where a sweep stands between two blocks: all that it needs to go on. */
export interface SweepState {
  /** Unspent outputs of which something is traced, in any order, with all their lots. */
  readonly pots: PotTable
  readonly book: SavedBook
}
