import { weakest } from "../ledger/grade.ts"
import type { Credit, Debit, PotId, Step } from "../ledger/step.ts"
import { getOrMake } from "../units/get-or-make.ts"
import type { Position } from "../units/position.ts"
import { AccountDealing, isToOneself } from "./account-dealing.ts"
import { TracedAccounts } from "./accounts.ts"
import { Declarations } from "./declarations.ts"
import type { LabelTable } from "./label.ts"
import { type Lots, totalOf, tracedOf, untracedLots } from "./lot.ts"
import type { Pool } from "./pool.ts"
import { type Drawn, drawFrom, nothingDrawn, type TracedOutput, type Trail } from "./pots.ts"
import type { Arrived, Findings, Held, Question, Unknown } from "./question.ts"
import { openRule, type Rule } from "./rule.ts"
import { type OnFlow, Settlement } from "./settlement.ts"
import { Tally } from "./tally.ts"
import { Unknowns } from "./unknowns.ts"
import type { Wanted } from "./wanted.ts"

const NO_POTS: ReadonlySet<PotId> = new Set()

/** A traced fee on its way to the block's coinbase, under `follow`. */
interface TracedFee {
  readonly lots: Lots
  readonly from: ReadonlySet<PotId>
  readonly trail: Trail
}

/**
 * The state of one trace under one rule, and what a step does to it. Steps come in position order, each once.
 * Here is the dealing: what the debits of each shape of step bring, and to which credits it goes.
 */
export class Evaluation {
  readonly accounts: TracedAccounts
  readonly #question: Question
  readonly #wanted: Wanted
  readonly #rule: Rule
  readonly #labels: LabelTable
  readonly #tally: Tally
  readonly #declarations: Declarations
  readonly #settlement: Settlement
  readonly #dealing: AccountDealing
  readonly #unknowns = new Unknowns()
  readonly #outputs = new Map<PotId, TracedOutput>()
  readonly #arrived: Arrived[] = []
  /** Coinbase position to the fee-paying transaction's position to its traced fee. */
  readonly #tracedFees = new Map<Position, Map<Position, TracedFee>>()

  constructor(question: Question, wanted: Wanted, onFlow: OnFlow) {
    const { rule, labels } = openRule(question.rule)
    this.#question = question
    this.#wanted = wanted
    this.#rule = rule
    this.#labels = labels
    this.#tally = new Tally(labels)
    this.#declarations = new Declarations(labels, this.#tally)
    this.accounts = new TracedAccounts(rule, wanted, this.#unknowns)
    this.#settlement = new Settlement(
      question,
      labels,
      this.#tally,
      this.#declarations,
      this.#unknowns,
      this.#arrived,
      onFlow,
    )
    this.#dealing = new AccountDealing({
      fees: question.fees,
      rule,
      labels,
      tally: this.#tally,
      declarations: this.#declarations,
      settlement: this.#settlement,
      accounts: this.accounts,
    })
  }

  /** A credit beyond the horizon: named in the answer, and counts nothing. */
  declareNothing(theft: number, ref: string, asset: string): void {
    this.#declarations.addNothing(theft, ref, asset)
  }

  /** Declares a credit stolen. False when the credit moves nothing: a transfer to oneself. */
  declare(theft: number, ref: string, step: Step, credit: number): boolean {
    const moves = !isToOneself(step)
    if (moves) this.#declarations.add(theft, ref, step, credit)
    else this.#declarations.addNothing(theft, ref, (step.credits[credit] as Credit).asset)
    return moves
  }

  evaluate(step: Step): void {
    if (step.shape === "utxo") this.#evaluateUtxo(step)
    else if (step.shape === "coinbase") this.#evaluateCoinbase(step)
    else this.#dealing.evaluate(step)
  }

  #evaluateUtxo(step: Step): void {
    const pool = this.#rule.newPool()
    const drawn = nothingDrawn()
    for (const debit of step.debits) this.#drain(debit, pool, drawn)
    if (pool.traced === 0n && !this.#declarations.inStep(step)) return
    for (const { pot, amount, originUnknown } of step.debits) {
      if (drawn.trail === null || !originUnknown || drawn.from.has(pot)) continue
      drawn.trail = this.#unknowns.rest(drawn.trail, "origin-unknown", pot, amount)
    }
    const { credits } = step
    if (step.debits.length === 0)
      pool.append(untracedLots(credits.reduce((sum, { amount }) => sum + amount, 0n)))
    const dealt = this.#rule.deal(
      pool,
      credits.map(credit => credit.amount),
    )
    this.#makeOutputs(step, dealt, drawn)
    // The fee is dealt last, like a credit: under lifo its lots stand in reverse too.
    this.#payFee(step, pool.take(pool.total), drawn)
  }

  #drain(debit: Debit, pool: Pool, drawn: Drawn): void {
    const output = this.#outputs.get(debit.pot)
    if (output === undefined) {
      pool.append(untracedLots(debit.amount))
      return
    }
    this.#outputs.delete(debit.pot)
    pool.append(output.lots)
    drawFrom(drawn, debit.pot, output.trail)
  }

  #makeOutputs(step: Step, dealt: readonly Lots[], drawn: Drawn): void {
    for (const { pot, credit, lots, trail } of this.#settlement.settle(step, dealt, () => drawn)) {
      if (tracedOf(lots) === 0n) continue
      const { asset, address, amount } = credit
      this.#outputs.set(pot, { asset, address, amount, lots, trail })
      this.#wanted.spenders.push(pot)
    }
  }

  /** A transaction's fee is not a credit: no service, threshold or hop limit applies to it. */
  #payFee(step: Step, lots: Lots, drawn: Drawn): void {
    if (tracedOf(lots) === 0n) return
    if (this.#question.fees === "drop" || step.coinbase === undefined || drawn.trail === null) {
      const asset = step.debits[0]?.asset ?? ""
      this.#settlement.tell(
        "fee",
        step,
        drawn,
        { asset, amount: totalOf(lots), to: null, address: null },
        lots,
        null,
      )
      this.#tally.count(asset, "fees", lots)
      return
    }
    if (!this.#tracedFees.has(step.coinbase)) this.#wanted.coinbases.push(step.coinbase)
    const fees = getOrMake(this.#tracedFees, step.coinbase, () => new Map<Position, TracedFee>())
    const trail = { ...drawn.trail, grade: weakest(drawn.trail.grade, step.grade) }
    fees.set(step.position, { lots, from: drawn.from, trail })
  }

  /** The coinbase deals the subsidy, then the fees in transaction order; what it does not claim is burned. */
  #evaluateCoinbase(step: Step): void {
    const tracedFees = this.#tracedFees.get(step.position)
    this.#tracedFees.delete(step.position)
    const pool = this.#rule.newPool()
    const drawn = nothingDrawn()
    pool.append(untracedLots(step.subsidy ?? 0n))
    for (const { position, amount } of step.fees ?? []) {
      const fee = tracedFees?.get(position)
      pool.append(fee?.lots ?? untracedLots(amount))
      for (const pot of fee?.from ?? NO_POTS) drawFrom(drawn, pot, (fee as TracedFee).trail)
    }
    const dealt = this.#rule.deal(
      pool,
      step.credits.map(credit => credit.amount),
    )
    this.#makeOutputs(step, dealt, drawn)
    const unclaimed = pool.take(pool.total)
    if (tracedOf(unclaimed) === 0n) return
    const asset = step.credits[0]?.asset ?? ""
    const burn = { asset, amount: totalOf(unclaimed), to: null, address: null }
    this.#settlement.tell("burn", step, drawn, burn, unclaimed, null)
    this.#tally.count(asset, "burned", unclaimed)
  }

  /** What was found, once no step is left: what the pots hold at the horizon is `held`. */
  findings(unknown: readonly Unknown[]): Findings {
    const held: Held[] = [...this.accounts.held()]
    for (const [pot, { asset, address, amount, lots, trail }] of this.#outputs) {
      held.push({ pot, address, asset, value: amount, lots, grade: trail.grade, restsOn: trail.restsOn })
    }
    for (const { asset, lots } of held) this.#tally.count(asset, "held", lots)
    return {
      labels: this.#labels,
      figures: this.#tally.figures(),
      held,
      arrived: this.#arrived,
      unknown: [...unknown, ...this.#unknowns.all()],
      credits: this.#declarations.credits,
    }
  }
}
