import type { Grade } from "../ledger/grade.ts"
import type { PotId, Step } from "../ledger/step.ts"
import type { FlowKind } from "../ledger/vocabulary.ts"
import { type LabelTable, UNTRACED } from "../tracing/label.ts"
import type { TracedFlow } from "../tracing/question.ts"

/** Traced value, and the thefts that it is of: more than one where the same coins were stolen again. */
interface Part {
  readonly thefts: readonly number[]
  readonly amount: bigint
}

/** One traced credit, with its value by theft. */
export interface Move {
  readonly kind: FlowKind
  readonly step: Step
  readonly from: readonly PotId[]
  readonly to: PotId | null
  readonly address: string | null
  readonly asset: string
  readonly parts: readonly Part[]
  readonly grade: Grade
  /** Steps from the nearest theft. */
  readonly hops: number
}

/** Moves that are kept: some hundreds of bytes each. */
const MOST_MOVES = 1_000_000

/** All traced credits of one trace, in the order in which they were dealt. */
export class LinkTrail {
  readonly moves: Move[] = []
  readonly #most: number
  readonly #hops = new Map<PotId, number>()
  #leftOut = 0

  constructor(most = MOST_MOVES) {
    this.#most = most
  }

  get leftOut(): number {
    return this.#leftOut
  }

  note({ kind, step, from, to, address, asset, lots, grade }: TracedFlow, labels: LabelTable): void {
    if (this.moves.length >= this.#most) {
      this.#leftOut++
      return
    }
    const parts = lots.flatMap(({ label, amount }) => {
      return label === UNTRACED ? [] : [{ thefts: labels.theftsOf(label), amount }]
    })
    const before = from.reduce((least, pot) => Math.min(least, this.#hops.get(pot) ?? least), MOST_MOVES)
    const hops = kind === "theft" || from.length === 0 ? 0 : before + 1
    if (to !== null) this.#hops.set(to, Math.min(hops, this.#hops.get(to) ?? hops))
    this.moves.push({ kind, step, from, to, address, asset, parts, grade, hops })
  }

  /** Moves by the address that they went to. */
  byReceiver(): ReadonlyMap<string, readonly Move[]> {
    const found = new Map<string, Move[]>()
    for (const move of this.moves) {
      if (move.to === null || move.address === null) continue
      const own = found.get(move.address)
      if (own === undefined) found.set(move.address, [move])
      else own.push(move)
    }
    return found
  }
}

/** What a credit carries of one theft and not of the other, and of the same coins that both took. */
export interface Shares {
  readonly a: bigint
  readonly b: bigint
  readonly both: bigint
}

export function sharesOf(parts: readonly Part[], a: number, b: number): Shares {
  let [ofA, ofB, both] = [0n, 0n, 0n]
  for (const { thefts, amount } of parts) {
    const [hasA, hasB] = [thefts.includes(a), thefts.includes(b)]
    if (hasA && hasB) both += amount
    else if (hasA) ofA += amount
    else if (hasB) ofB += amount
  }
  return { a: ofA, b: ofB, both }
}

export function theftsIn(moves: Iterable<Move>): readonly number[] {
  const found = new Set<number>()
  for (const { parts } of moves) for (const { thefts } of parts) for (const theft of thefts) found.add(theft)
  return [...found].sort((x, y) => x - y)
}

/** Every two of them, the lower first. */
export function* pairsOf(thefts: readonly number[]): Generator<readonly [number, number]> {
  for (const [at, a] of thefts.entries()) for (const b of thefts.slice(at + 1)) yield [a, b]
}

/** Moves of one of the two thefts alone, by theft. */
export function apart(moves: Iterable<Move>, a: number, b: number): { ofA: Move[]; ofB: Move[] } {
  const [ofA, ofB]: [Move[], Move[]] = [[], []]
  for (const move of moves) {
    const shares = sharesOf(move.parts, a, b)
    if (shares.both > 0n) continue
    if (shares.a > 0n && shares.b === 0n) ofA.push(move)
    else if (shares.b > 0n && shares.a === 0n) ofB.push(move)
  }
  return { ofA, ofB }
}

/** Whether value of both came from more than one payer: one who holds both may pay each apart. */
export function fromTwoPayers(ofA: readonly Move[], ofB: readonly Move[]): boolean {
  const payer = ({ from, step }: Move): string =>
    from[0] === undefined ? `at ${step.position}` : `${from[0]}`
  const payers = new Set([...ofA, ...ofB].map(payer))
  return ofA.length > 0 && ofB.length > 0 && payers.size > 1
}
