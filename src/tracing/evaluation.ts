import { weakest } from "../ledger/grade.ts"
import type { Credit, Debit, PotId, Step } from "../ledger/step.ts"
import { getOrMake } from "../units/get-or-make.ts"
import type { Position } from "../units/position.ts"
import { TracedAccounts } from "./accounts.ts"
import { Declarations } from "./declarations.ts"
import { convert } from "./exchange.ts"
import type { LabelTable } from "./label.ts"
import { type Lot, type Lots, pushLot, totalOf, tracedOf, untracedLots } from "./lot.ts"
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
    if (isToOneself(step)) return
    if (step.shape === "utxo") this.#evaluateUtxo(step)
    else if (step.shape === "coinbase") this.#evaluateCoinbase(step)
    else if (step.shape === "account") this.#evaluateAccount(step)
    else this.#evaluateExchange(step)
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
    this.#settlement.tell("burn", step, drawn, burn, unclaimed)
    this.#tally.count(asset, "burned", unclaimed)
  }

  #evaluateAccount(step: Step): void {
    const drawn = nothingDrawn()
    const credit = step.credits[0] as Credit
    const debit = step.debits[0]
    const lots = debit === undefined ? untracedLots(credit.amount) : this.accounts.withdraw(debit, drawn)
    if (step.kind === "fee" && this.#question.fees === "drop") this.#dropFee(step, credit, lots, drawn)
    else
      this.accounts.credit(
        step,
        this.#settlement.settle(step, [lots], () => drawn),
      )
    if (debit !== undefined) this.accounts.leaveIfClean(debit.pot)
  }

  /** Under `drop` what a fee carries is counted in `fees`; its receiver gets it untraced. */
  #dropFee(step: Step, credit: Credit, lots: Lots, drawn: Drawn): void {
    const hasReceiver = typeof credit.to === "number"
    const dropped = hasReceiver ? lots : this.#declarations.apply(step, 0, lots)
    if (tracedOf(dropped) > 0n) {
      const kind = !hasReceiver && this.#declarations.isDeclared(step, 0) ? "theft" : "fee"
      this.#settlement.tell(kind, step, drawn, { ...credit, to: null }, dropped)
      this.#tally.count(credit.asset, "fees", dropped)
    }
    if (!hasReceiver) return
    this.accounts.credit(step, this.#settlement.settle(step, [untracedLots(credit.amount)], nothingDrawn))
  }

  /** All debits first, then all credits: what is given of one asset labels what is got of the other, both ways. */
  #evaluateExchange(step: Step): void {
    const assets = [...new Set(step.debits.map(debit => debit.asset))]
    const given = assets.map(asset => ({ asset, ...this.#give(step, asset) }))
    const dealt: Lots[] = step.credits.map(({ amount }) => untracedLots(amount))
    const drawnOf = step.credits.map(nothingDrawn)
    for (const { asset, drawn, lots } of given) {
      const got = step.credits.flatMap((credit, index) => (credit.asset === asset ? [] : [{ credit, index }]))
      const amounts = got.map(({ credit }) => credit.amount)
      for (const [at, share] of convert(lots, amounts, this.#rule, this.#labels).entries()) {
        const { credit, index } = got[at] as (typeof got)[number]
        dealt[index] = share
        drawnOf[index] = drawn
        this.#tally.count(credit.asset, "exchangedIn", share)
      }
    }
    this.accounts.credit(
      step,
      this.#settlement.settle(step, dealt, index => drawnOf[index] as Drawn),
    )
    for (const debit of step.debits) this.accounts.leaveIfClean(debit.pot)
  }

  #give(step: Step, asset: string): { drawn: Drawn; lots: Lots } {
    const drawn = nothingDrawn()
    const lots: Lot[] = []
    for (const debit of step.debits) {
      if (debit.asset !== asset) continue
      for (const lot of this.accounts.withdraw(debit, drawn)) pushLot(lots, lot.label, lot.amount)
    }
    this.#tally.count(asset, "exchanged", lots)
    return { drawn, lots }
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

function isToOneself(step: Step): boolean {
  return (
    step.shape === "account" && step.debits[0] !== undefined && step.debits[0].pot === step.credits[0]?.to
  )
}
