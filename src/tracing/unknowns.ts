import type { PotId } from "../ledger/step.ts"
import type { Trail } from "./pots.ts"
import type { Unknown } from "./question.ts"
import { restingOn } from "./rests-on.ts"

interface Noted {
  readonly what: PotUnknown["what"]
  readonly pot: PotId
  amount: bigint
}

export type PotUnknown = Extract<Unknown, { pot: PotId }>

/** What is not known of the pots that traced value passed: each pot once for each kind, with its amount. */
export class Unknowns {
  readonly #noted = new Map<string, Noted>()
  /** What was noted before the watch of what was noted since: null where nothing was. */
  #before: Map<string, bigint | null> | null = null

  note(what: PotUnknown["what"], pot: PotId, amount: bigint): void {
    const noted = this.#noteOf(what, pot)
    noted.amount += amount
  }

  #noteOf(what: PotUnknown["what"], pot: PotId): Noted {
    const key = `${what} ${pot}`
    const noted = this.#noted.get(key)
    if (this.#before !== null && !this.#before.has(key)) this.#before.set(key, noted?.amount ?? null)
    if (noted !== undefined) return noted
    const made = { what, pot, amount: 0n }
    this.#noted.set(key, made)
    return made
  }

  /** From now on what changes is remembered, until it is taken back or let be. */
  watch(): void {
    this.#before = new Map()
  }

  /** Ends the watch. @returns what puts back all that changed during it */
  watched(): () => void {
    const before = this.#before ?? new Map<string, bigint | null>()
    this.#before = null
    return () => {
      for (const [key, amount] of before) {
        const noted = this.#noted.get(key)
        if (amount === null) this.#noted.delete(key)
        else if (noted !== undefined) noted.amount = amount
      }
    }
  }

  /** Notes it, and that what comes after rests on it. */
  rest(trail: Trail, what: PotUnknown["what"], pot: PotId, amount: bigint): Trail {
    this.note(what, pot, amount)
    return { ...trail, restsOn: restingOn(trail.restsOn, pot) }
  }

  /** The same for a figure that a source gives in all, each time that the pot is entered again. */
  restInAll(trail: Trail, what: PotUnknown["what"], pot: PotId, inAll: bigint): Trail {
    if (inAll === 0n) return trail
    const noted = this.#noteOf(what, pot)
    if (inAll > noted.amount) noted.amount = inAll
    return { ...trail, restsOn: restingOn(trail.restsOn, pot) }
  }

  /** A copy of all that was noted. */
  all(): readonly PotUnknown[] {
    return [...this.#noted.values()].map(noted => ({ ...noted }))
  }

  /** Takes over what `all` gave. */
  restore(noted: readonly PotUnknown[]): void {
    for (const { what, pot, amount } of noted) this.#noted.set(`${what} ${pot}`, { what, pot, amount })
  }
}
