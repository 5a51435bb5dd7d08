import type { Brand } from "./brand.ts"

/**
 * Where a step stands in the one order in which a ledger is evaluated. Only order matters: a reader makes
 * positions so that a later step has a larger one, and never two steps the same. Clocks play no part.
 */
export type Position = Brand<number, "Position">

/** Steps that one block may hold; 2^27 leaves heights up to 2^26 below 2^53. */
const STEPS_IN_BLOCK = 2 ** 27

/** The position of step `ordinal` (0 to 2^27 - 2) of the block at `height`. */
export function positionOf(height: number, ordinal: number): Position {
  return (height * STEPS_IN_BLOCK + ordinal) as Position
}

/** A block's coinbase is evaluated last in its block, whatever its index there. */
export function lastPositionOf(height: number): Position {
  return positionOf(height, STEPS_IN_BLOCK - 1)
}

/** The height of the block that a position lies in. */
export function heightOf(position: Position): number {
  return Math.floor(position / STEPS_IN_BLOCK)
}
