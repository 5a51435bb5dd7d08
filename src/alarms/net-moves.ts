import type { Move } from "../ports/block-moves.ts"

/** What of one block touches the addresses of one alarm. */
export interface OwnMoves {
  readonly debits: Move[]
  readonly credits: Move[]
}

/**
 * By transaction, in the block's order, what left the addresses above what came back to them: below zero where more
 * came in. Change, and payments from one of the addresses to another, are thereby nothing; the fee is.
 */
export function netByTransaction({ debits, credits }: OwnMoves, asset: string): ReadonlyMap<string, bigint> {
  const nets = new Map<string, bigint>()
  const add = (move: Move, amount: bigint) => {
    if (move.asset === asset) nets.set(move.tx, (nets.get(move.tx) ?? 0n) + amount)
  }
  for (const move of debits) add(move, move.amount)
  for (const move of credits) add(move, -move.amount)
  return nets
}
