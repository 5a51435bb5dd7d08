/** The words of `ashiato/links/1`: kinds of link between thefts, their pitfalls, and why some look-alikes count nothing. */

/** Strongest kind first; the last two link nothing by themselves. */
export const LINK_KINDS = [
  "shared-spending",
  "commingling",
  "gas-funding",
  "shared-deposit",
  "timing",
  "chain-order",
] as const
export type LinkKind = (typeof LINK_KINDS)[number]

/** What a finding cannot rule out, or does not show. Codes are stable. */
export const PITFALLS = [
  "payjoin",
  "unknown-coinjoin",
  "custodian-signs",
  "paid-before",
  "cannot-refuse",
  "unlabelled-service",
  "rule-decides",
  "seller-of-gas",
  "funds-many",
  "launderer-not-thief",
  "broker-for-many",
  "pattern-only",
  "few-sweeps",
  "copyable",
  "zone-unknown",
  "automation",
  "order-is-no-link",
  "no-labels",
] as const
export type Pitfall = (typeof PITFALLS)[number]

/** Why something that looks like a link counts nothing. */
export const NOTHING_REASONS = [
  "receipt",
  "dust",
  "coinjoin",
  "sweep-to-service",
  "service-address",
  "service-funder",
  "busy-funder",
  "victim-funder",
] as const
export type NothingReason = (typeof NOTHING_REASONS)[number]

/** A kind of link that was not looked for, and why. */
export type NotLooked = { readonly kind: LinkKind; readonly reason: "no-account-history" | "native-unknown" }

export const LINK_ROLES = [
  "spends",
  "pays-in",
  "pays-on",
  "funds",
  "arrives",
  "stolen",
  "last-moved",
] as const
export type LinkRole = (typeof LINK_ROLES)[number]
