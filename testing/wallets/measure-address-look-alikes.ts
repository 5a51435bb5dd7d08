import { endsOf, nearestLikeness } from "../../src/cases/screen-likeness.ts"
import { formOf } from "../../src/clustering/look-alike.ts"
import { getOrMake } from "../../src/units/get-or-make.ts"
import type { Forgery } from "./address-poisoner.ts"
import type { PoisonedWorld } from "./poisoned-world.ts"
import { score, type Tallies, tallyOf } from "./tally.ts"

/** An address that is not known, and what is so of it. */
export interface Unknown {
  readonly text: string
  /** Its own kind, or that of what it imitates. */
  readonly kind: string
  /** Null: it is honest. */
  readonly forgery: Forgery | null
  /** It was made to look like a known one. */
  readonly isSo: boolean
}

/**
 * Counts addresses that are not known, by their form. Right is one that was made to look like a known one and is told;
 * missed is one that was made so and is not told, for it shares less than is asked for.
 */
export function measureAddressLookAlikes(poisoned: PoisonedWorld): Tallies {
  const tallies: Tallies = new Map()
  for (const form of ["bech32", "base58"]) tallyOf(tallies, `look-alike-${form}`)
  const isTold = teller(poisoned)
  for (const { text, isSo } of unknownIn(poisoned)) {
    score(tallyOf(tallies, `look-alike-${formOf(text)}`), isTold(text), isSo)
  }
  return tallies
}

export function unknownIn({ written, forgeries, known }: PoisonedWorld): readonly Unknown[] {
  const honest = [...written].filter(([address]) => !known.has(address))
  return [
    ...honest.map(([{ kind }, text]) => ({ text, kind, forgery: null, isSo: false })),
    ...forgeries.map(forgery => {
      const { text, imitates } = forgery
      return { text, kind: imitates.kind, forgery, isSo: known.has(imitates) }
    }),
  ]
}

/** Whether an address is told as a look-alike: only those that share their ends are compared, as screening does. */
export function teller({ written, known }: PoisonedWorld): (text: string) => boolean {
  const byEnds = new Map<string, string[]>()
  for (const address of known) {
    const text = written.get(address) ?? ""
    getOrMake(byEnds, endsOf(text), (): string[] => []).push(text)
  }
  return text => nearestLikeness(text, byEnds.get(endsOf(text)) ?? []) !== null
}
