import type { PotId } from "../ledger/step.ts"
import { getOrMake } from "../units/get-or-make.ts"
import type { Trail } from "./pots.ts"
import type { Unknown } from "./question.ts"
import { restingOn } from "./rests-on.ts"

type PotUnknown = Extract<Unknown, { pot: PotId }>

/** What is not known of the pots that traced value passed: each pot once for each kind, with its amount. */
export class Unknowns {
  readonly #noted = new Map<string, { what: PotUnknown["what"]; pot: PotId; amount: bigint }>()

  note(what: PotUnknown["what"], pot: PotId, amount: bigint): void {
    const noted = getOrMake(this.#noted, `${what} ${pot}`, () => ({ what, pot, amount: 0n }))
    noted.amount += amount
  }

  /** Notes it, and that what comes after rests on it. */
  rest(trail: Trail, what: PotUnknown["what"], pot: PotId, amount: bigint): Trail {
    this.note(what, pot, amount)
    return { ...trail, restsOn: restingOn(trail.restsOn, pot) }
  }

  /** The same for a figure that a source gives in all, each time that the pot is entered again. */
  restInAll(trail: Trail, what: PotUnknown["what"], pot: PotId, inAll: bigint): Trail {
    if (inAll === 0n) return trail
    const noted = getOrMake(this.#noted, `${what} ${pot}`, () => ({ what, pot, amount: 0n }))
    if (inAll > noted.amount) noted.amount = inAll
    return { ...trail, restsOn: restingOn(trail.restsOn, pot) }
  }

  all(): readonly Unknown[] {
    return [...this.#noted.values()]
  }
}
