import type { FlowKind } from "../../src/contracts/trace.ts"
import type { Lot } from "./lot.ts"

export interface Place {
  readonly pot: string
  readonly address: string
}

/** Where value goes that enters no pot; each is a bucket of the identity. */
export type Nowhere = "fees" | "burned" | "unrecorded"

/** A debit whose lots name a theft. A fee that enters a coinbase is one that is no pot. */
export interface TracedDebit {
  readonly pot: string | null
  readonly hop: number
}

/** A credit as it was dealt, before it is declared stolen or checked. */
export interface Credit {
  /** What a theft would call it; null where it has no name, like the fee of a UTXO transaction. */
  readonly ref: string | null
  readonly kind: FlowKind
  readonly tx: string
  readonly height: number | null
  readonly asset: string
  readonly to: Place | Nowhere
  readonly amount: bigint
  readonly lots: readonly Lot[]
  /** The step's traced debits, in input order: what the flow is `from`, and what the hop is counted from. */
  readonly tracedDebits: readonly TracedDebit[]
}
