import type { PotId } from "../ledger/step.ts"

/**
 * The pots whose past is not wholly known and that a figure rests on. The first few are named, and that there are
 * more is said: a trail of a hundred thousand pots, each with a gap, must not carry a hundred thousand names.
 */
export interface RestsOn {
  readonly pots: readonly PotId[]
  readonly more: boolean
}

const MOST_NAMED = 8

export const RESTS_ON_NOTHING: RestsOn = { pots: [], more: false }

export function restingOn(a: RestsOn, pot: PotId): RestsOn {
  if (a.pots.includes(pot)) return a
  return a.pots.length < MOST_NAMED ? { pots: [...a.pots, pot], more: a.more } : { pots: a.pots, more: true }
}

export function bothRestOn(a: RestsOn, b: RestsOn): RestsOn {
  if (a === b || b === RESTS_ON_NOTHING) return a
  if (a === RESTS_ON_NOTHING) return b
  const union = b.pots.reduce(restingOn, a)
  return b.more && !union.more ? { pots: union.pots, more: true } : union
}
