/** Where in the input a problem sits. Lines count from 1; a column is a name (CSV) or a number (JSON). */
export interface Where {
  readonly file?: string
  readonly line?: number
  readonly column?: string | number
}

/** Every code has a text in every language of `messages/`; a test holds them to it. */
export type ProblemCode =
  | "amount-fraction"
  | "amount-negative"
  | "amount-malformed"
  | "amount-too-large"
  | "address-checksum"
  | "time-malformed"
  | "grade-unknown"
  | "kind-unknown"
  | "kind-contradicts"
  | "from-unrecorded"
  | "asset-malformed"
  | "integer-malformed"
  | "csv-malformed"
  | "csv-column-missing"
  | "csv-column-unknown"
  | "csv-column-twice"
  | "csv-separator"
  | "csv-empty"
  | "file-missing"
  | "file-unreadable"
  | "file-encoding"
  | "field-too-long"
  | "field-empty"
  | "control-characters"
  | "height-falls"
  | "tx-rows-disagree"
  | "tx-rows-apart"
  | "n-not-rising"
  | "row-nowhere"
  | "exchange-one-leg"
  | "exchange-assets"
  | "exchange-across-transactions"
  | "output-twice"
  | "position-shared"
  | "input-twice"
  | "input-unknown-output"
  | "input-spent-output"
  | "input-from-later"
  | "input-without-transaction"
  | "credits-above-debits"
  | "ref-malformed"
  | "ref-unknown"
  | "ref-ambiguous"
  | "theft-empty"
  | "service-twice"
  | "json-malformed"
  | "json-expected"
  | "case-unknown"
  | "case-reference"
  | "case-duplicate"
  | "case-remainder"
  | "case-not-on-chain"
  | "rule-unknown"
  | "rule-needs-utxo"
  | "chain-unknown"
  | "option-value"
  | "option-unknown"
  | "option-needs-value"
  | "option-takes-none"
  | "option-missing-source"
  | "ingest-missing-source"
  | "ingest-without-heights"
  | "option-conflict"
  | "option-needs-option"
  | "rpc-needs-ledger"
  | "option-missing-theft"
  | "command-unknown"
  | "heights-absent"
  | "report-unwritable"
  | "output-unwritable"
  | "cache-unwritable"
  | "account-too-busy"
  | "remote-unreachable"
  | "remote-timed-out"
  | "remote-rate-limited"
  | "remote-not-found"
  | "remote-nonsense"
  | "remote-too-large"
  | "remote-unauthorised"
  | "remote-redirected"
  | "remote-other-network"
  | "remote-behind"
  | "remote-reorganised"
  | "node-without-index"
  | "scan-too-long"
  | "block-malformed"
  | "block-spends-unknown"
  | "block-spends-spent"
  | "block-spends-burned"
  | "block-makes-value"
  | "blocks-none"
  | "blocks-other-network"
  | "blocks-incomplete"
  | "chain-data-malformed"
  | "ledger-missing"
  | "ledger-locked"
  | "ledger-other-chain"
  | "ledger-other-version"
  | "ledger-not-published"
  | "ledger-damaged"
  | "ledger-unreadable"
  | "ledger-link-broken"
  | "ledger-reorganised"
  | "ledger-unwritable"
  | "ledger-full"
  | "does-not-reconcile"
  | "internal"

export type ProblemDetail = Readonly<Record<string, string | number>>

/**
 * Something a person must be told: what is wrong, where, and (in the message catalogue) what to do about it.
 * `code` is stable; the sentence is made in the user's language at the very end.
 */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly detail: ProblemDetail
  readonly where: Where

  constructor(code: ProblemCode, detail: ProblemDetail = {}, where: Where = {}) {
    super(`${code} ${JSON.stringify(detail)} ${JSON.stringify(where)}`)
    this.name = "Problem"
    this.code = code
    this.detail = detail
    this.where = where
  }

  /** The same problem, with the place filled in by a caller that knows it. */
  at(where: Where): Problem {
    return new Problem(this.code, this.detail, { ...where, ...this.where })
  }
}
