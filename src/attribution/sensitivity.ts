import { derivationId } from "./claim.ts"
import type { Body, Change } from "./evidence.ts"
import { compare, type Fraction, ONE, over } from "./fraction.ts"
import type { CappedRatio } from "./ratio.ts"
import { idleItems, type PairAnswer, weigh } from "./weigh.ts"

export const MOVE_KINDS = ["group", "item", "derivation", "derivations", "open"] as const
/** Without a group, an item, a derivation or all derivations at once (its id is empty); or with an open fact found. */
export type MoveKind = (typeof MOVE_KINDS)[number]

/** The answer after one change, in the order of the pairs. */
export interface Move {
  readonly kind: MoveKind
  readonly id: string
  readonly ratios: readonly CappedRatio[]
  /** The most that an end of any ratio changed, as a factor of at least 1. */
  readonly factor: Fraction
}

/** How the answer moves with each group, item and derivation taken out by itself, and with each open fact found. */
export function movesOf(body: Body, change: Change, now: readonly PairAnswer[]): readonly Move[] {
  const idle = idleItems(body, change)
  const counting = body.evidence.filter(({ id }) => !idle.has(id))
  const derivations = body.claims
    .flatMap(({ id, derivedFrom }) => derivedFrom.map(({ claim }) => derivationId(id, claim)))
    .filter(id => !change.without.has(id))
  const without = (kind: MoveKind, id: string): Move =>
    moved(kind, id, { ...change, without: new Set([...change.without, id]) })
  return [
    ...[...new Set(counting.map(({ group }) => group))].map(id => without("group", id)),
    ...counting.map(({ id }) => without("item", id)),
    ...derivations.map(id => without("derivation", id)),
    ...(derivations.length > 1 ? [allOut(derivations)] : []),
    ...body.evidence
      .filter(({ id }) => idle.get(id) === "open")
      .map(({ id }) => moved("open", id, { ...change, found: new Set([...change.found, id]) })),
  ]

  function allOut(ids: readonly string[]): Move {
    return moved("derivations", "", { ...change, without: new Set([...change.without, ...ids]) })
  }

  function moved(kind: MoveKind, id: string, changed: Change): Move {
    // A copy of what weighs nothing changes nothing, and there may be hundreds of them.
    const answers = sameItems(idle, idleItems(body, changed)) ? now : weigh(body, changed)
    const ratios = answers.map(answer => answer.capped)
    return { kind, id, ratios, factor: factorOf(now, ratios) }
  }
}

function factorOf(now: readonly PairAnswer[], then: readonly CappedRatio[]): Fraction {
  const factors = now.flatMap(({ capped }, at) => {
    const changed = then[at] ?? capped
    return [apart(capped.low, changed.low), apart(capped.high, changed.high)]
  })
  return factors.reduce((most, one) => (compare(one, most) > 0 ? one : most), ONE)
}

const apart = (a: Fraction, b: Fraction): Fraction => (compare(a, b) >= 0 ? over(a, b) : over(b, a))

/** The change that moves the answer most; the first of equals; null where nothing moves it. */
export function mostMoving(moves: readonly Move[]): Move | null {
  return moves.reduce<Move | null>(
    (best, move) => (compare(move.factor, best?.factor ?? ONE) > 0 ? move : best),
    null,
  )
}

const sameItems = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean =>
  a.size === b.size && [...a].every(([id, standing]) => b.get(id) === standing)
