/**
 * What a heuristic cannot rule out. Codes are stable: answers are printed and stored with them.
 *
 * - `payjoin`: payer and payee both put in inputs (BIP78), so that the inputs have two owners.
 * - `coinjoin`: several owners spent together in a way that the patterns here do not know.
 * - `two-party-join`: two owners with two equal outputs, which is also how one owner pays two people alike.
 * - `batch-by-service`: a service pays customers the same amount out of many of its own addresses.
 * - `self-transfer`: the owner moves coins between addresses of its own.
 * - `shared-custody`: one service signs for many customers, so that one signer is not one owner.
 * - `fresh-payee`: the payee gave out an address that was never used before, as wallets do by default.
 * - `reused-change`: the wallet takes its change at an address used before.
 * - `same-wallet-kind`: payer and payee use the same kind of address.
 * - `upgraded-wallet`: the payer's wallet takes change at a newer kind of address.
 * - `coin-selection`: the wallet picks more inputs than it needs (consolidation, oldest first, privacy).
 * - `round-in-other-money`: the payment was round in another currency, and what looks round is chance or change.
 * - `only-customer`: a customer's own wallet, which so far has only ever paid this service.
 * - `few-sweeps`: fewer than two sweeps have been seen.
 * - `kept-tokens`: a token that came once and never left is a holder's own, and not one that somebody sent unasked.
 */
export const DOUBTS = [
  "payjoin",
  "coinjoin",
  "two-party-join",
  "batch-by-service",
  "self-transfer",
  "shared-custody",
  "fresh-payee",
  "reused-change",
  "same-wallet-kind",
  "upgraded-wallet",
  "coin-selection",
  "round-in-other-money",
  "only-customer",
  "few-sweeps",
  "kept-tokens",
] as const
export type Doubt = (typeof DOUBTS)[number]
