import type { StoppedAt } from "../../contracts/screen.ts"
import type { Asset } from "../../ledger/asset.ts"
import type { Grade } from "../../ledger/grade.ts"
import type { FlowKind, RuleName } from "../../ledger/vocabulary.ts"
import type { Time } from "../../units/time.ts"

/** One credit under one rule, as far as it is traced to one theft. */
export interface TracedCredit {
  /** By its place in the set's `thefts`. */
  readonly theft: number
  readonly rule: RuleName
  readonly kind: FlowKind
  readonly grade: Grade
  readonly tx: string | null
  readonly height: number | null
  readonly time: Time
  readonly position: number
  /** `txid:vout` or `account/asset`; null for what went nowhere. */
  readonly pot: string | null
  /** The owner in canonical form; null where there is none. */
  readonly address: string | null
  readonly asset: Asset
  /** What the credit is worth in all, and what of it is traced to the theft. */
  readonly amount: bigint
  readonly traced: bigint
  /** The fewest traced credits between the theft's own credit (0) and this one, in the order of the ledger. */
  readonly hops: number
  /** The row of the credit before this one on such a path; null for the theft's own. */
  readonly parent: number | null
  /** The service that it arrived at, where following stopped; null where it was followed. */
  readonly stop: StoppedAt | null
}

/** What a pot holds of a theft at the horizon, under one rule. */
export interface TracedHolding {
  readonly theft: number
  readonly rule: RuleName
  readonly grade: Grade
  readonly pot: string
  readonly asset: Asset
  readonly traced: bigint
}

/** Takes a traced set as it comes into being, from whatever computes it: each parent before its children. */
export interface TracedSink {
  /** @returns the credit's row, by which later ones name it as their parent */
  addCredit(credit: TracedCredit): number
  addHolding(holding: TracedHolding): void
}

/** Every traced credit of every theft under every rule, up to one horizon. */
export interface TracedSet {
  readonly thefts: readonly string[]
  readonly rules: readonly RuleName[]
  readonly horizon: { readonly height: number | null; readonly hash: string | null; readonly time: Time }
  /** How many things the traces could not know, or the records warn of. */
  readonly doubts: number
  /** Rows of an address in canonical form, in the order in which they were traced. */
  rowsOfAddress(address: string): readonly number[]
  rowsOfTx(tx: string): readonly number[]
  creditAt(row: number): TracedCredit
  /** The names of the assets that traced value is of. */
  assets(): readonly string[]
  holdingsOf(pot: string): readonly TracedHolding[]
}
