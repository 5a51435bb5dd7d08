import type { PotId } from "../ledger/step.ts"
import type { Position } from "../units/position.ts"

/** What an evaluation wants to know next; it waits here for the next batch of needs. */
export interface Wanted {
  /** Outputs that hold traced value: what spent them? */
  readonly spenders: PotId[]
  /** Accounts that traced value is about to enter. */
  readonly accounts: { readonly pot: PotId; readonly at: Position }[]
  /** Accounts whose told movements are used up. */
  readonly movements: { readonly pot: PotId; readonly after: Position }[]
  /** Coinbases that a traced fee goes to. */
  readonly coinbases: Position[]
}
