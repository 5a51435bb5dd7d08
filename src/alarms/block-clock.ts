import type { AlarmNotice } from "../contracts/alarm.ts"
import type { Instant } from "../units/time.ts"

/** A block that could still be undone, or whose time still counts. */
export interface KeptBlock {
  readonly height: number
  readonly hash: string
  readonly time: Instant | null
  /** Milliseconds since 1970; a block without a time has that of the one before it, null where none had any. */
  readonly clock: number | null
  /** What rang in it. */
  readonly rung: readonly AlarmNotice[]
}

/**
 * Bitcoin's rule since its first release: a block's time is above the median of the eleven before it. Other chains let
 * no time fall at all, so that the same bound holds.
 */
export const MEDIAN_OF = 11

/**
 * The time below which no later block can come, or null while too little is known: `blocks` are the kept ones, the
 * oldest first. It is taken from the oldest eleven, so that it still holds when the newer ones are undone.
 */
export function earliestComing(blocks: readonly KeptBlock[], undoDepth: number): number | null {
  if (blocks.length < undoDepth + MEDIAN_OF) return null
  const clocks = blocks.slice(0, MEDIAN_OF).map(({ clock }) => clock)
  if (clocks.includes(null)) return null
  return clocks.map(Number).sort((a, b) => a - b)[(MEDIAN_OF - 1) / 2] ?? null
}
