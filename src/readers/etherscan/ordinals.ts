import { type Position, positionOf } from "../../units/position.ts"

/**
 * Where a row stands in its block, by what it is and nothing else: two accounts that are asked for at different times
 * must find the same row at the same place, and rows between that nobody has seen yet must have room. The 2^27 places
 * of a block are dealt to 8,191 transactions and the rewards behind them, 2^14 places each.
 */
const PLACES = 2 ** 14
const REWARDS = 8191
const CALLS_AT = 4
const LOGS_AT = 6144

/** The places before a transaction's calls. */
const FIRST: readonly string[] = ["fee", "basefee", "blobfee", "value"]

/** Null where a block has no room for it: a transaction beyond the 8,191st, a call beyond 6,140, a log beyond 10,240. */
export function placeOf(height: number, index: number, at: string): Position | null {
  const slot = slotOf(at)
  if (slot === null || index >= REWARDS) return null
  return positionOf(height, index * PLACES + slot)
}

/** Of a block's rewards: -1 for its producer's, else a withdrawal's number, which follow each other in a block. */
export function placeOfReward(height: number, number: number): Position {
  return positionOf(height, REWARDS * PLACES + ((number + 1) % (PLACES - 2)))
}

/** @param at "fee", "value", "log:17"; a call by its place among its transaction's, "call:3" */
function slotOf(at: string): number | null {
  const first = FIRST.indexOf(at)
  if (first >= 0) return first
  const [kind, digits] = at.split(":")
  const number = Number(digits)
  const slot = kind === "call" ? CALLS_AT + number : kind === "log" ? LOGS_AT + number : Number.NaN
  return slot < (kind === "call" ? LOGS_AT : PLACES) ? slot : null
}
