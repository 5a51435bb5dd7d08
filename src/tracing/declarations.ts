import type { Credit, Step } from "../ledger/step.ts"
import { getOrMake } from "../units/get-or-make.ts"
import type { Position } from "../units/position.ts"
import type { LabelTable } from "./label.ts"
import { type Lot, type Lots, pushLot } from "./lot.ts"
import type { Findings } from "./question.ts"
import type { Tally } from "./tally.ts"

/** The credits declared stolen, by step and credit, and what declaring does to their lots. */
export class Declarations {
  readonly #labels: LabelTable
  readonly #tally: Tally
  readonly #thefts = new Map<Position, Map<number, number[]>>()
  readonly #credits: Findings["credits"][number][] = []

  constructor(labels: LabelTable, tally: Tally) {
    this.#labels = labels
    this.#tally = tally
  }

  get credits(): Findings["credits"] {
    return this.#credits
  }

  /** A credit that moves nothing by the horizon: named in the answer, and counts nothing. */
  addNothing(theft: number, ref: string, asset: string): void {
    this.#credits.push({ theft, ref, asset, amount: 0n })
  }

  /** Declares a credit stolen. */
  add(theft: number, ref: string, step: Step, credit: number): void {
    const { asset, amount } = step.credits[credit] as Credit
    this.#credits.push({ theft, ref, asset, amount })
    this.at(step.position, credit, theft)
  }

  /** The same of a step that has not been read yet. */
  at(position: Position, credit: number, theft: number): void {
    const ofStep = getOrMake(this.#thefts, position, () => new Map<number, number[]>())
    getOrMake(ofStep, credit, () => []).push(theft)
  }

  inStep(step: Step): boolean {
    return this.#thefts.has(step.position)
  }

  isDeclared(step: Step, credit: number): boolean {
    return this.#thefts.get(step.position)?.has(credit) ?? false
  }

  /** Each lot with label L becomes L + [t], theft by theft; a label that names t already stays. */
  apply(step: Step, credit: number, lots: Lots): Lots {
    const thefts = this.#thefts.get(step.position)?.get(credit)
    if (thefts === undefined) return lots
    const { asset } = step.credits[credit] as Credit
    const declared: Lot[] = []
    for (const { label, amount } of lots) {
      const named = [...this.#labels.theftsOf(label)]
      for (const theft of thefts) {
        const isNamed = named.includes(theft)
        this.#tally.declare(asset, theft, amount, { isTraced: named.length > 0, isNamed })
        if (!isNamed) named.push(theft)
      }
      pushLot(declared, this.#labels.naming(named), amount)
    }
    return declared
  }
}
