import type { MeasuredHeuristic } from "../clustering/measured-rates.ts"
import type { LinkFinding, LinkNothing } from "../contracts/links.ts"
import { type Grade, weakest } from "../ledger/grade.ts"
import {
  LINK_KINDS,
  type LinkKind,
  type LinkRole,
  type NothingReason,
  type Pitfall,
} from "../ledger/link-words.ts"
import type { Tx } from "../ledger/step.ts"
import { getOrMake } from "../units/get-or-make.ts"
import type { Position } from "../units/position.ts"
import { type Move, sharesOf } from "./link-trail.ts"

export interface Use {
  readonly role: LinkRole
  readonly position: Position
  readonly tx: Tx
  readonly thefts: readonly number[]
}

export interface Worth {
  readonly theft: number
  readonly asset: string
  readonly amount: bigint
}

/** A finding before it is spelled out. */
export interface Draft extends Pick<LinkFinding, "place" | "service" | "hops" | "grade" | "funded"> {
  readonly kind: LinkKind
  readonly uses: readonly Use[]
  readonly amounts: readonly Worth[]
  readonly pitfalls: readonly Pitfall[]
  /** What it rests on that was measured where the truth is known; left out for nothing. */
  readonly heuristics?: readonly MeasuredHeuristic[]
  readonly hours?: readonly { readonly theft: number; readonly byHour: readonly number[] }[]
  /** Further addresses at which they meet in the same transactions. */
  readonly alsoAt?: readonly string[]
  readonly nearestSeconds?: number
  readonly interleaved?: boolean
}

export interface NothingDraft extends Pick<LinkNothing, "place" | "service"> {
  readonly reason: NothingReason
  readonly uses: readonly Use[]
  readonly amounts: readonly Worth[]
  readonly heuristics?: readonly MeasuredHeuristic[]
}

/** What was found between two thefts. */
export interface Between {
  readonly findings: Draft[]
  readonly nothing: NothingDraft[]
  /** Addresses of which something was said, so that they are not listed again as receipts. */
  readonly told: Set<string>
}

/** What was found, by pair. */
export class LinkPairs {
  readonly #between = new Map<string, Between>()

  between(a: number, b: number): Between {
    return getOrMake(this.#between, `${a},${b}`, () => ({ findings: [], nothing: [], told: new Set() }))
  }

  find(a: number, b: number, draft: Draft): void {
    const own = this.between(a, b)
    own.findings.push(draft)
    if (draft.place !== null) own.told.add(draft.place)
    for (const address of draft.alsoAt ?? []) own.told.add(address)
  }

  dismiss(a: number, b: number, draft: NothingDraft): void {
    const own = this.between(a, b)
    own.nothing.push(draft)
    if (draft.place !== null) own.told.add(draft.place)
  }
}

/** Strongest kind first, then the shortest way from the thefts, then in chain order. */
export function byStrength(x: Draft, y: Draft): number {
  const first = ({ uses }: Draft): number => uses[0]?.position ?? 0
  const kinds = LINK_KINDS.indexOf(x.kind) - LINK_KINDS.indexOf(y.kind)
  if (kinds !== 0) return kinds
  const hops = (x.hops ?? 0) - (y.hops ?? 0)
  return hops !== 0 ? hops : first(x) - first(y)
}

/** What moves carry of each of two thefts alone, by asset. */
export function worthOf(moves: Iterable<Move>, a: number, b: number): readonly Worth[] {
  const sums = new Map<string, Worth>()
  const add = (theft: number, asset: string, amount: bigint): void => {
    if (amount === 0n) return
    const key = `${theft} ${asset}`
    sums.set(key, { theft, asset, amount: (sums.get(key)?.amount ?? 0n) + amount })
  }
  for (const { parts, asset } of moves) {
    const shares = sharesOf(parts, a, b)
    add(a, asset, shares.a)
    add(b, asset, shares.b)
  }
  return [...sums.values()].sort((x, y) => x.theft - y.theft || (x.asset < y.asset ? -1 : 1))
}

/** The steps of moves, each once, in order. */
export function usesOf(moves: Iterable<Move>, role: LinkRole, a: number, b: number): readonly Use[] {
  const uses = new Map<Position, Use>()
  for (const { step, parts } of moves) {
    const { position, tx } = step
    const shares = sharesOf(parts, a, b)
    const before = uses.get(position)?.thefts ?? []
    const isOf = (theft: number, share: bigint) => share > 0n || shares.both > 0n || before.includes(theft)
    const thefts = [...(isOf(a, shares.a) ? [a] : []), ...(isOf(b, shares.b) ? [b] : [])]
    uses.set(position, { role, position, tx, thefts })
  }
  return [...uses.values()].sort((x, y) => x.position - y.position)
}

export function gradeOf(moves: Iterable<Move>): Grade {
  let grade: Grade = "chain"
  for (const move of moves) grade = weakest(grade, move.grade)
  return grade
}

export function hopsOf(moves: Iterable<Move>): number {
  let most = 0
  for (const { hops } of moves) most = Math.max(most, hops)
  return most
}
