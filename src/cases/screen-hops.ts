import type { PotId } from "../ledger/step.ts"
import type { Source } from "../ports/source.ts"
import { getOrMake } from "../units/get-or-make.ts"

interface Place {
  readonly row: number
  readonly hops: number
}

/** Which credit of which step was declared stolen, by theft. */
export type Declared = ReadonlySet<string>

const declaredKey = (theft: number, position: number, pot: PotId | null): string =>
  `${theft} ${position} ${pot}`

/** Asks the source where each theft's own credits are. */
export async function declaredIn(
  source: Source,
  thefts: readonly { readonly refs: readonly string[] }[],
): Promise<Declared> {
  const refs = thefts.flatMap(({ refs }, theft) => refs.map(ref => ({ theft, ref })))
  const answers = await source.answer(refs.map(({ ref }) => ({ what: "theft", ref })))
  const declared = new Set<string>()
  for (const [index, { theft }] of refs.entries()) {
    const answer = answers[index]
    if (answer?.what !== "theft" || !("step" in answer.found)) continue
    const { step, credit } = answer.found
    const to = step.credits[credit]?.to
    declared.add(declaredKey(theft, step.position, typeof to === "number" ? to : null))
  }
  return declared
}

/**
 * The fewest traced credits from a theft to each pot, under one rule, as credits are told in the order of the ledger: a
 * breadth-first search that never goes back in time. The engine's own hop counts mix thefts; these are by theft, and
 * each knows the credit before it.
 */
export class Hops {
  readonly #declared: Declared
  readonly #best = new Map<PotId, Map<number, Place>>()

  constructor(declared: Declared) {
    this.#declared = declared
  }

  /** Where a credit stands: at a theft's own credit, or one further than the nearest of the pots that fed it. */
  placeOf(
    theft: number,
    position: number,
    from: readonly PotId[],
    to: PotId | null,
  ): { readonly hops: number; readonly parent: number | null } {
    if (this.#declared.has(declaredKey(theft, position, to))) return { hops: 0, parent: null }
    let nearest: Place | null = null
    for (const pot of from) {
      const place = this.#best.get(pot)?.get(theft)
      if (place !== undefined && (nearest === null || place.hops < nearest.hops)) nearest = place
    }
    if (nearest === null) throw new Error(`hops: at ${position} nothing traced to theft ${theft} comes in`)
    return { hops: nearest.hops + 1, parent: nearest.row }
  }

  reached(theft: number, pot: PotId, row: number, hops: number): void {
    const places = getOrMake(this.#best, pot, () => new Map<number, Place>())
    const known = places.get(theft)
    if (known === undefined || hops < known.hops) places.set(theft, { row, hops })
  }
}
