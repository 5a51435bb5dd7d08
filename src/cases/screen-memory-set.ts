import type { RuleName } from "../ledger/vocabulary.ts"
import type { TracedCredit, TracedHolding, TracedSet, TracedSink } from "../stores/traced/traced-set.ts"
import { getOrMake } from "../units/get-or-make.ts"

/** A traced set that is not kept: of a bundled case, whose record is small. */
export class MemorySet implements TracedSink, TracedSet {
  readonly thefts: readonly string[]
  readonly rules: readonly RuleName[]
  readonly horizon: TracedSet["horizon"]
  doubts = 0
  readonly #credits: TracedCredit[] = []
  readonly #byAddress = new Map<string, number[]>()
  readonly #byTx = new Map<string, number[]>()
  readonly #held = new Map<string, TracedHolding[]>()

  constructor(thefts: readonly string[], rules: readonly RuleName[], horizon: TracedSet["horizon"]) {
    this.thefts = thefts
    this.rules = rules
    this.horizon = horizon
  }

  addCredit(credit: TracedCredit): number {
    const row = this.#credits.push(credit) - 1
    if (credit.address !== null) getOrMake(this.#byAddress, credit.address, () => []).push(row)
    if (credit.tx !== null) getOrMake(this.#byTx, credit.tx, () => []).push(row)
    return row
  }

  addHolding(holding: TracedHolding): void {
    getOrMake(this.#held, holding.pot, () => []).push(holding)
  }

  assets(): readonly string[] {
    return [...new Set(this.#credits.map(({ asset }) => asset.asset))]
  }

  rowsOfAddress(address: string): readonly number[] {
    return this.#byAddress.get(address) ?? []
  }

  rowsOfTx(tx: string): readonly number[] {
    return this.#byTx.get(tx) ?? []
  }

  holdingsOf(pot: string): readonly TracedHolding[] {
    return this.#held.get(pot) ?? []
  }

  creditAt(row: number): TracedCredit {
    const credit = this.#credits[row]
    if (credit === undefined) throw new RangeError(`traced set: row ${row} of ${this.#credits.length}`)
    return credit
  }
}
