export const GAP_CODES = [
  "rule-skipped",
  "services-followed",
  "services-not-recognised",
  "theft-beyond-horizon",
  "theft-moves-nothing",
  "unrecorded",
  "opening-balance",
  "origin-unknown",
  "rests-on-gap",
  "reported-not-on-chain",
  "record-unproven",
  "internal-calls-absent",
  "token-does-not-add-up",
  "levy-unknown",
  "extension-block",
  "clock-backwards",
] as const
export type GapCode = (typeof GAP_CODES)[number]

/** What makes a pot's own record doubtful, as its source says: figures of the pot and downstream rest on it. */
export type DoubtCode = Extract<GapCode, "record-unproven" | "token-does-not-add-up" | "levy-unknown">

/** Something that an answer does not know, or that its reader must know of it. */
export interface Gap {
  readonly code: GapCode
  readonly pot: string | null
  readonly amount: bigint | null
  /** What the sentence about it needs besides: names, counts. */
  readonly detail: Readonly<Record<string, string>>
}
