import type { PotId } from "../ledger/step.ts"
import type { Trail } from "./pots.ts"
import type { Unknown } from "./question.ts"
import { restingOn } from "./rests-on.ts"

type PotUnknown = Extract<Unknown, { pot: PotId }>

/** What is not known of the pots that traced value passed: each pot once for each kind, with its amount. */
export class Unknowns {
  readonly #noted = new Map<string, { what: PotUnknown["what"]; pot: PotId; amount: bigint }>()

  /** Adds to what was noted of the pot. An opening balance is one figure however often the pot is entered. */
  note(what: PotUnknown["what"], pot: PotId, amount: bigint): void {
    const key = `${what} ${pot}`
    const known = this.#noted.get(key)
    if (known === undefined) this.#noted.set(key, { what, pot, amount })
    else if (what !== "opening-balance") known.amount += amount
  }

  /** Notes it, and that what comes after rests on it. */
  rest(trail: Trail, what: PotUnknown["what"], pot: PotId, amount: bigint): Trail {
    this.note(what, pot, amount)
    return { ...trail, restsOn: restingOn(trail.restsOn, pot) }
  }

  all(): readonly Unknown[] {
    return [...this.#noted.values()]
  }
}
