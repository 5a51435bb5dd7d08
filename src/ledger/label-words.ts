/** Why nothing reaches an address through a ledger that is known: `ashiato/labels-why/1`. */
export const THROUGH_UNKNOWN = ["other-chain", "not-in-ledger", "too-many-moves"] as const
export type ThroughUnknown = (typeof THROUGH_UNKNOWN)[number]
