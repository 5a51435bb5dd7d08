/** What can be screened: an address, a transaction, an output, or one transfer of an account chain. */
export type RefKind = "address" | "transaction" | "output" | "account-ref"

/** What a user's policy says of it. */
export const VERDICTS = ["pass", "review", "refuse"] as const
export type Verdict = (typeof VERDICTS)[number]

/** Who of a transaction or a transfer: those who spent in it (gave), or those who received (got). */
export const SIDES = ["spent", "received"] as const
export type Side = (typeof SIDES)[number]

/** What a screening could not know; `messages/screen.en.ts` has their sentences. */
export const UNKNOWN_CODES = [
  "labels-absent",
  "labels-later",
  "labels-old",
  "ledger-absent",
  "ledger-other-chain",
  "thefts-absent",
  "not-in-ledger",
  "horizon-before",
  "trace-incomplete",
  "clusters-unknown",
  "cluster-too-large",
  "clusters-left-out",
  "chain-ambiguous",
  "checksum-unchecked",
  "owners-unknown",
  "owners-left-out",
  "spenders-unknown",
  "spenders-not-asked",
  "network-unknown",
  "as-of-labels-only",
  "stopped-at-service",
  "stopped-before",
  "payers-not-looked",
] as const
export type UnknownCode = (typeof UNKNOWN_CODES)[number]
