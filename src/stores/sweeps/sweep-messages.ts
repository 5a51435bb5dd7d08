import type { PotArrays } from "../../tracing/sweep/pot-table.ts"
import type { SavedBook } from "../../tracing/sweep/sweep-book.ts"
import type { SweepChain } from "../../tracing/sweep/sweep-chain.ts"
import type { SweepQuestion } from "../../tracing/sweep/sweep-question.ts"

/** A state as another thread takes it. */
export interface PackedState {
  readonly pots: PotArrays
  readonly book: SavedBook
}

/** What a thread that sweeps is told; it answers each in turn. */
export type ToSweeper =
  | { readonly what: "open"; readonly question: SweepQuestion; readonly state: PackedState | null }
  /** The arrays are shared, not copied. */
  | { readonly what: "run"; readonly chain: SweepChain }
  | { readonly what: "finish" }

export type FromSweeper = { readonly what: "done" } | { readonly what: "swept"; readonly state: PackedState }
