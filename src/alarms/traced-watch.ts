import type { ArrivalAlarm, MovedAlarm, TracedChoice, TracedFigure, TracedFound } from "../contracts/alarm.ts"
import type { Move, TracedPart } from "../ports/block-moves.ts"
import type { OwnMoves } from "./net-moves.ts"
import { MOST_LISTED } from "./notice.ts"

/** Thefts times rules. */
const MOST_TRACED = 100

/** What one transaction does in one asset. */
interface Gathered {
  readonly tx: string
  readonly asset: string
  readonly sums: Map<string, { readonly theft: string; readonly rule: string; amount: bigint }>
  readonly addresses: Set<string>
}

/**
 * Traced value that came to an alarm's addresses, by transaction and asset, above what of the same theft by the same
 * rule left them in it: traced change arrives nowhere.
 */
export function arrivalsIn(alarm: ArrivalAlarm, { debits, credits }: OwnMoves): readonly TracedFound[] {
  const gathering = new Gathering(alarm)
  for (const move of credits) gathering.add(move, 1n, true)
  for (const move of debits) gathering.add(move, -1n, false)
  return gathering.above()
}

/** Traced value that was spent, by transaction and asset, wherever it went. */
export function spentIn(alarm: MovedAlarm, debits: readonly Move[]): readonly TracedFound[] {
  const gathering = new Gathering(alarm)
  for (const move of debits) gathering.add(move, 1n, true)
  return gathering.above()
}

class Gathering {
  readonly #choice: TracedChoice
  readonly #found = new Map<string, Gathered>()

  constructor(choice: TracedChoice) {
    this.#choice = choice
  }

  add(move: Move, sign: 1n | -1n, isNamed: boolean): void {
    const { asset } = this.#choice
    if (asset !== null && asset !== move.asset) return
    for (const part of move.traced) {
      if (this.#isMeant(part)) this.#addPart(move, part, sign, isNamed)
    }
  }

  #isMeant({ theft, rule }: TracedPart): boolean {
    const { theft: meant, rules } = this.#choice
    return (meant === null || meant === theft) && (rules === null || rules.some(one => one === rule))
  }

  #addPart(move: Move, { theft, rule, amount }: TracedPart, sign: 1n | -1n, isNamed: boolean): void {
    const { tx, asset, address } = move
    const id = JSON.stringify([tx, asset])
    const found = this.#found.get(id) ?? { tx, asset, sums: new Map(), addresses: new Set() }
    this.#found.set(id, found)
    const of = JSON.stringify([theft, rule])
    const sum = found.sums.get(of) ?? { theft, rule, amount: 0n }
    found.sums.set(of, sum)
    sum.amount += sign * amount
    if (isNamed && address !== null && amount > 0n) found.addresses.add(address)
  }

  above(): readonly TracedFound[] {
    return [...this.#found.values()].flatMap(({ tx, asset, sums, addresses }) => {
      const traced: TracedFigure[] = [...sums.values()]
        .filter(({ amount }) => amount > this.#choice.amount)
        .map(({ theft, rule, amount }) => ({ theft, rule, amount: `${amount}` }))
      if (traced.length === 0) return []
      const told = traced.slice(0, MOST_TRACED)
      const tracedLeftOut = traced.length - told.length
      const listed = [...addresses].slice(0, MOST_LISTED)
      const addressesLeftOut = addresses.size - listed.length
      return [{ tx, asset, traced: told, tracedLeftOut, addresses: listed, addressesLeftOut }]
    })
  }
}
