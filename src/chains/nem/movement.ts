import type { StepKind } from "../../ledger/step.ts"

/** Who gets a block's fees is not known from its transactions. No address is eight letters long. */
export const PRODUCER = "producer"

/** Value going from one account to another; from null it is made, to null it is destroyed. */
export interface Movement {
  readonly from: string | null
  readonly to: string | typeof PRODUCER | null
  readonly asset: string
  readonly amount: bigint
  readonly kind: Extract<StepKind, "transfer" | "fee" | "issue" | "burn">
  readonly note: MovementNote
}

export type MovementNote =
  | "fee"
  | "inner-fee"
  | "cosignature-fee"
  | "amount"
  | "mosaic"
  | "levy"
  | "namespace-rental"
  | "mosaic-creation"
  | "initial-supply"
  | "supply-created"
  | "supply-deleted"
  | "nemesis"

/**
 * What cannot be told from the transaction and what is known of its mosaics: a levy that may have been taken; a supply
 * change in whole mosaics whose parts are not known; a definition that may replace an earlier one, under which NIS
 * (`Mosaics.add`) drops every balance unless, from height 1,110,000 on, the description alone has changed.
 */
export interface UnknownMovement {
  readonly unknown: "levy" | "divisibility" | "redefinition"
  readonly asset: string
}
