/** `ashiato/sweep/1`, the answer of `ashiato sweep --json`: a trace's, with the lists cut and counted. */
import type { AssetAnswer, Gap, Horizon } from "./trace.ts"

export const SWEEP_SCHEMA = "ashiato/sweep/1"

export interface SweepDocument {
  readonly schema: typeof SWEEP_SCHEMA
  readonly chain: string | null
  readonly horizon: Horizon
  readonly complete: boolean
  readonly gaps: readonly Gap[]
  readonly answers: readonly AssetAnswer[]
  /** How many holdings and arrivals each rule found; the lists in `answers` have the largest of them. */
  readonly counts: Readonly<Record<string, { readonly holdings: number; readonly arrivals: number }>>
  /** For each rule, the height of the saved sweep from which it went on; null where it began at the beginning. */
  readonly resumedFrom: Readonly<Record<string, number | null>>
}
