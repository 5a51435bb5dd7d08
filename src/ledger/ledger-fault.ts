/** What can be found wrong with a ledger that is checked from end to end. Each has its words in `messages/`. */
export type LedgerFaultCode =
  | "order"
  | "parent"
  | "header"
  | "work"
  | "merkle-root"
  | "spent-unknown"
  | "spent-twice"
  | "spent-burned"
  | "made-value"
  | "link"
  | "columns-damaged"
  | "columns-differ"
  | "columns-behind"

export interface LedgerFault {
  readonly code: LedgerFaultCode
  /** A height, a transaction, a column: as people would look for it. */
  readonly at: string
}
