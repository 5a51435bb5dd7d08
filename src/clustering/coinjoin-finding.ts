import type { Doubt } from "./doubt.ts"

export const COINJOIN_PATTERNS = ["whirlpool", "wasabi-1", "wasabi-2", "joinmarket", "equal-outputs"] as const
export type CoinjoinPattern = (typeof COINJOIN_PATTERNS)[number]

/**
 * Why a transaction is taken for one of several owners. A pattern names a form, not the program that made it: block
 * 300025 (May 2014) has a transaction of Wasabi 1's form, four years before there was Wasabi.
 */
export interface CoinjoinFinding {
  readonly pattern: CoinjoinPattern
  /** The values that outputs share, in smallest units, the most shared first. */
  readonly values: readonly number[]
  /** How many outputs share the most shared value: among so many, one output cannot be told from another. */
  readonly anonymitySet: number
  readonly doubts: readonly Doubt[]
}
