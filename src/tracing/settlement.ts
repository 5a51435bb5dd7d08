import { weakest } from "../ledger/grade.ts"
import type { Credit, PotId, Step } from "../ledger/step.ts"
import type { Entry } from "./accounts.ts"
import type { Declarations } from "./declarations.ts"
import type { LabelTable } from "./label.ts"
import { type Lots, tracedOf, untracedLots } from "./lot.ts"
import type { Drawn, Trail } from "./pots.ts"
import type { Arrived, Question, TracedFlow } from "./question.ts"
import { RESTS_ON_NOTHING } from "./rests-on.ts"
import type { Tally } from "./tally.ts"
import type { Unknowns } from "./unknowns.ts"

export type OnFlow = (flow: TracedFlow, labels: LabelTable) => void

/** What becomes of credits once they are dealt: declared stolen, told, counted where they stop, or let through. */
export class Settlement {
  readonly #question: Question
  readonly #labels: LabelTable
  readonly #tally: Tally
  readonly #declarations: Declarations
  readonly #unknowns: Unknowns
  readonly #arrived: Arrived[]
  readonly #onFlow: OnFlow

  constructor(
    question: Question,
    labels: LabelTable,
    tally: Tally,
    declarations: Declarations,
    unknowns: Unknowns,
    arrived: Arrived[],
    onFlow: OnFlow,
  ) {
    this.#question = question
    this.#labels = labels
    this.#tally = tally
    this.#declarations = declarations
    this.#unknowns = unknowns
    this.#arrived = arrived
    this.#onFlow = onFlow
  }

  /** @returns the credits that enter a pot, with the lots that go on: untraced where following stops */
  settle(step: Step, dealt: readonly Lots[], drawnFor: (credit: number) => Drawn): readonly Entry[] {
    const entries: Entry[] = []
    for (const [index, credit] of step.credits.entries()) {
      const drawn = drawnFor(index)
      const isDeclared = this.#declarations.isDeclared(step, index)
      const lots = this.#declarations.apply(step, index, dealt[index] as Lots)
      const isTraced = tracedOf(lots) > 0n
      if (isTraced) this.tell(kindOf(step, credit, isDeclared), step, drawn, credit, lots, index)
      if (typeof credit.to !== "number") {
        this.#goNowhere(credit, credit.to, lots)
        continue
      }
      let trail = trailOfCredit(step, drawn, isDeclared)
      const originNoted = isTraced && isDeclared && credit.originUnknown === true
      if (originNoted) {
        trail = this.#unknowns.rest(trail, "origin-unknown", credit.to, credit.amount)
      }
      const followed = isTraced ? this.#check(step, credit, credit.to, lots, trail, isDeclared) : lots
      entries.push({ pot: credit.to, credit, lots: followed, trail, originNoted })
    }
    return entries
  }

  #goNowhere({ asset, payer }: Credit, where: "burned" | "unrecorded", lots: Lots): void {
    this.#tally.count(asset, where, lots)
    if (where === "burned" || payer === undefined || tracedOf(lots) === 0n) return
    this.#unknowns.note("unrecorded", payer, tracedOf(lots))
  }

  /** Service, then `--min`, then `--max-hops`: what is stopped goes on untraced. */
  #check(step: Step, credit: Credit, pot: PotId, lots: Lots, trail: Trail, isDeclared: boolean): Lots {
    const { asset, address, amount } = credit
    const service = address === null ? null : this.#question.serviceOf(address, asset)
    if (service !== null && address !== null) {
      const { grade, restsOn } = trail
      this.#arrived.push({ service, pot, address, asset, lots, step, grade, restsOn })
      this.#tally.count(asset, "services", lots)
    } else if (!isDeclared && tracedOf(lots) < this.#question.min) {
      this.#tally.count(asset, "belowThreshold", lots)
    } else if (this.#question.maxHops !== null && trail.hop > this.#question.maxHops) {
      this.#tally.count(asset, "notFollowed", lots)
    } else return lots
    return untracedLots(amount)
  }

  /**
   * Tells of one traced credit, as it was dealt and declared.
   *
   * @param index its place among the step's credits; null for what is none of them, a fee
   */
  tell(
    kind: TracedFlow["kind"],
    step: Step,
    drawn: Drawn,
    credit: Omit<Credit, "to"> & { readonly to: Credit["to"] | null },
    lots: Lots,
    index: number | null,
  ): void {
    const { address, asset, amount } = credit
    const to = typeof credit.to === "number" ? credit.to : null
    const { grade } = trailOfCredit(step, drawn)
    const from = [...drawn.from]
    this.#onFlow({ kind, step, credit: index, from, to, address, asset, amount, lots, grade }, this.#labels)
  }
}

/** A credit is one hop further than the least of its traced debits; a theft is where hops begin. */
export function trailOfCredit(step: Step, drawn: Drawn, isDeclared = false): Trail {
  if (drawn.trail === null) return { hop: 0, grade: step.grade, restsOn: RESTS_ON_NOTHING }
  const { hop, grade, restsOn } = drawn.trail
  return { hop: isDeclared ? 0 : hop + 1, grade: weakest(grade, step.grade), restsOn }
}

function kindOf(step: Step, credit: Credit, isDeclared: boolean): TracedFlow["kind"] {
  if (isDeclared) return "theft"
  if (step.kind !== "transfer") return step.kind
  if (credit.to === "burned") return "burn"
  return credit.to === "unrecorded" ? "unrecorded" : "transfer"
}
