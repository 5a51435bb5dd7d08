import type { Chain } from "../chains/chain.ts"
import type { AccountGraph } from "../clustering/account-graph.ts"
import type { OwnerGraph } from "../clustering/owner-graph.ts"
import type { Source } from "../ports/source.ts"

/** What was read, so that a reader of the answer can read the same. */
export interface Input {
  readonly name: string
  readonly sha256: string
}

/** Where the records of a trace are. */
export type Records =
  | { readonly kind: "transfers"; readonly file: string }
  | { readonly kind: "utxo"; readonly outputs: string; readonly inputs: string }
  | { readonly kind: "ledger"; readonly folder: string }
  | { readonly kind: "rpc"; readonly url: string; readonly cookieFile: string | null }
  | { readonly kind: "nis"; readonly url: string }
  | { readonly kind: "explorer"; readonly url: string }

/** One row of a transaction of an account chain; null for nobody (an issue, a burn) or nobody known. */
export interface AccountTransfer {
  readonly from: string | null
  readonly to: string | null
  /** What the row's reference says behind its transaction. */
  readonly rest: string
  /** A fee's receiver was not paid by whoever pays it: it made the block. */
  readonly isFee: boolean
}

/** What moved on accounts, with what deposit recognition asks of a ledger besides. */
export interface LedgerAccounts extends AccountGraph {
  has(account: string): boolean
  stepCount(account: string): number
  txidAt(position: number): string
  /** Who gave and who got in the rows of a transaction, up to the horizon, in their order; none where there is none. */
  transfersOf(txid: string): Iterable<AccountTransfer>
}

/** Records that are open, and what is known of their chain; null where none was stated. */
export interface OpenedRecords {
  readonly source: Source
  readonly chain: Chain | null
  readonly inputs: readonly Input[]
  /** Who spends with whom, where the records are a ledger that can tell; opened when it is asked for. */
  readonly owners?: () => Promise<OwnerGraph>
  /** What moved on accounts, where the records are a ledger of an account chain; opened when it is asked for. */
  readonly accounts?: () => Promise<LedgerAccounts>
}
