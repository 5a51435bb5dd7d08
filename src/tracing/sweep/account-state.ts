import type { PotId } from "../../ledger/step.ts"
import type { AccountStand } from "../accounts.ts"
import type { Lots } from "../lot.ts"
import type { RestsOn } from "../rests-on.ts"
import type { SavedTally } from "../tally.ts"
import type { PotUnknown } from "../unknowns.ts"

/** Traced value that has reached a service, by the row that took it there. */
export interface SweptArrival {
  readonly pot: PotId
  readonly row: number
  readonly asset: string
  readonly lots: Lots
  readonly grade: AccountStand["trail"]["grade"]
  readonly restsOn: RestsOn
}

/** Where a sweep of an account chain stands between two blocks: all that it needs to go on, and to answer. */
export interface AccountSweepState {
  /** The first row that has not been swept. */
  readonly row: number
  /** The thefts of each label, by its number. */
  readonly labels: readonly (readonly number[])[]
  /** Pots of which something is traced. */
  readonly pots: readonly (readonly [pot: PotId, stand: AccountStand])[]
  readonly tally: SavedTally
  readonly arrivals: readonly SweptArrival[]
  readonly unknowns: readonly PotUnknown[]
  /**
   * Every pot that traced value has ever entered, with what it must have held before the ledger began. That is told by
   * all records: those of later blocks can raise it, and then what was swept is no longer what a fresh sweep comes to.
   */
  readonly openings: readonly (readonly [pot: PotId, opening: bigint])[]
}

/** The same state where pots have other numbers. */
export function renumbered(state: AccountSweepState, numberOf: (pot: PotId) => PotId): AccountSweepState {
  const resting = (on: RestsOn): RestsOn =>
    on.pots.length === 0 ? on : { ...on, pots: on.pots.map(numberOf) }
  return {
    ...state,
    pots: state.pots.map(([pot, stand]) => {
      const trail = { ...stand.trail, restsOn: resting(stand.trail.restsOn) }
      return [numberOf(pot), { ...stand, trail }]
    }),
    arrivals: state.arrivals.map(one => ({ ...one, pot: numberOf(one.pot), restsOn: resting(one.restsOn) })),
    unknowns: state.unknowns.map(one => ({ ...one, pot: numberOf(one.pot) })),
    openings: state.openings.map(([pot, opening]) => [numberOf(pot), opening]),
  }
}
