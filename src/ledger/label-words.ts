/** Why nothing reaches an address through a ledger that is known: `ashiato/labels-why/1`. */
export const THROUGH_UNKNOWN = ["other-chain", "not-in-ledger", "too-many-moves"] as const
export type ThroughUnknown = (typeof THROUGH_UNKNOWN)[number]

/**
 * Why nothing of a list was withdrawn by a file that is the whole of it: too many of its entries were not taken, or one
 * of which no address can be read, and each may have meant any of the list.
 */
export type WithdrawnNothing = "many-rejects" | "reject-without-address"
