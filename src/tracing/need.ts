import type { DoubtCode } from "../ledger/gap.ts"
import type { PotId, Step } from "../ledger/step.ts"
import type { Position } from "../units/position.ts"

/**
 * What the engine must know to go on. It does no input or output: it yields needs in batches, and whoever drives
 * it answers them, in the same order, from a file, a ledger, a node or an explorer.
 */
export type Need =
  | { readonly what: "theft"; readonly ref: string }
  | { readonly what: "spender"; readonly pot: PotId }
  | { readonly what: "account"; readonly pot: PotId; readonly at: Position }
  | { readonly what: "movements"; readonly pot: PotId; readonly after: Position }
  | { readonly what: "coinbase"; readonly at: Position }

/** Where a theft's credit is, or of which asset it is where it lies beyond the horizon and counts nothing. */
export type Located = { readonly step: Step; readonly credit: number } | { readonly beyond: string }

export type Answer =
  /** An unknown reference is the source's error. */
  | { readonly what: "theft"; readonly found: Located }
  /** The step that spent an output, if any did by the horizon. */
  | { readonly what: "spender"; readonly step: Step | null }
  | AccountAnswer
  | MovementsAnswer
  | { readonly what: "coinbase"; readonly step: Step }

/** An account's pot as it stands just before the step at the position asked for, and the first of what follows. */
export interface AccountAnswer {
  readonly what: "account"
  readonly before: bigint
  /** The least untraced balance before the ledger begins that keeps the pot from going below zero. */
  readonly opening: bigint
  /** What was issued into it before that position from an unknown origin. */
  readonly issued: bigint
  readonly steps: readonly Step[]
  /** More steps follow; ask for `movements` after the last of these. */
  readonly more: boolean
  /** Why what is told of it may not be all. */
  readonly doubts?: readonly DoubtCode[]
}

export interface MovementsAnswer {
  readonly what: "movements"
  readonly steps: readonly Step[]
  readonly more: boolean
}
