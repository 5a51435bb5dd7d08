import type { Position } from "../units/position.ts"
import type { Time } from "../units/time.ts"
import type { Grade } from "./grade.ts"

/** A pot's dense number within one source. `PotNames` of the source tells what it is called. */
export type PotId = number

export const STEP_KINDS = ["transfer", "fee", "issue", "burn", "reward", "exchange"] as const
export type StepKind = (typeof STEP_KINDS)[number]

/** The transaction that a step belongs to. Nulls are what no record has; they are never filled in. */
export interface Tx {
  readonly id: string | null
  readonly height: number | null
  readonly time: Time
}

/** Value leaving a pot. On a UTXO chain it drains the output; on an account chain it takes a part. */
export interface Debit {
  readonly pot: PotId
  readonly asset: string
  readonly amount: bigint
  /** utxo only: the output was issued by neither subsidy nor genesis, so where it came from is not known. */
  readonly originUnknown?: true
}

/** Where value goes when it does not enter a pot: destroyed, or gone by a source's word with no destination. */
export type Nowhere = "burned" | "unrecorded"

/** Value entering a pot, or going nowhere. */
export interface Credit {
  readonly to: PotId | Nowhere
  readonly asset: string
  readonly amount: bigint
  /** The owner's address, by which services are recognised; null where the script has none. */
  readonly address: string | null
  /** Issued by neither subsidy nor genesis: where it comes from is not known. */
  readonly originUnknown?: true
  /** The pot of the row's own debit, on account chains: whose word it is that the value left. */
  readonly payer?: PotId
}

/**
 * One thing that happens at one position. Debits are pooled in order and dealt to the credits in order.
 *
 * `utxo`: n debits drain outputs, m credits make outputs, what is left is the fee. `account`: one debit (or none,
 * an issue), one credit. `exchange`: two assets change hands, evaluated whole. `coinbase`: debits are the subsidy
 * and the block's fees, which the source names in `fees`.
 */
export interface Step {
  readonly shape: "utxo" | "account" | "exchange" | "coinbase"
  readonly kind: StepKind
  readonly position: Position
  readonly tx: Tx
  readonly debits: readonly Debit[]
  readonly credits: readonly Credit[]
  readonly grade: Grade
  /** Sources, as the record gives them; shown, never interpreted. */
  readonly source: string | null
  /** coinbase only: new coins, then the fee of each transaction of the block, in transaction order. */
  readonly subsidy?: bigint
  readonly fees?: readonly { readonly position: Position; readonly amount: bigint }[]
  /** utxo only: the position of the block's coinbase, where `follow` sends the fee; absent when it has none. */
  readonly coinbase?: Position
}
