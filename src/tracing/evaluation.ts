import { type Grade, weakest } from "../ledger/grade.ts"
import type { Credit, Debit, PotId, Step } from "../ledger/step.ts"
import type { Position } from "../units/position.ts"
import type { Agenda } from "./agenda.ts"
import { convert } from "./exchange.ts"
import type { LabelTable } from "./label.ts"
import { type Lot, type Lots, pushLot, totalOf, tracedOf, untracedLots } from "./lot.ts"
import type { AccountAnswer, MovementsAnswer } from "./need.ts"
import type { Pool } from "./pool.ts"
import { joined, RESTS_ON_NOTHING, type TracedAccount, type TracedOutput, type Trail } from "./pots.ts"
import type { Arrived, Findings, Held, Question, TracedFlow, Unknown } from "./question.ts"
import { openRule, type Rule } from "./rule.ts"
import { Tally } from "./tally.ts"
import type { Wanted } from "./wanted.ts"

/** What the debits of a step bring: their pots, if traced, and the trail of what they hold. */
interface Drawn {
  readonly from: PotId[]
  trail: Trail | null
}

/** Traced value on its way into an account that the source has not told about yet. */
interface Entering {
  readonly asset: string
  readonly address: string | null
  readonly debited: bigint
  readonly lots: Lots[]
  trail: Trail
}

interface FeeOfTransaction extends Drawn {
  readonly lots: Lots
}

/**
 * The state of one trace under one rule, and what a step does to it. Steps come in position order, each once.
 * Dealing, buckets and order of checks are those of DESIGN section 2 (docs/design.md).
 */
export class Evaluation {
  readonly #question: Question
  readonly #wanted: Wanted
  readonly #onFlow: (flow: TracedFlow, labels: LabelTable) => void
  readonly #rule: Rule
  readonly #labels: LabelTable
  readonly #tally: Tally
  readonly #outputs = new Map<PotId, TracedOutput>()
  readonly #accounts = new Map<PotId, TracedAccount>()
  readonly #entering = new Map<PotId, Entering>()
  /** Step position to credit index to the thefts declared on it. */
  readonly #declared = new Map<Position, Map<number, number[]>>()
  readonly #credits: { theft: number; ref: string; asset: string; amount: bigint }[] = []
  /** Coinbase position to fee-paying transaction's position to its traced fee, under `follow`. */
  readonly #tracedFees = new Map<Position, Map<Position, FeeOfTransaction>>()
  readonly #arrived: Arrived[] = []
  readonly #unknown = new Map<string, { what: "opening-balance" | "origin-unknown" | "unrecorded"; pot: PotId; amount: bigint }>()

  constructor(question: Question, wanted: Wanted, onFlow: (flow: TracedFlow, labels: LabelTable) => void) {
    this.#question = question
    this.#wanted = wanted
    this.#onFlow = onFlow
    const { rule, labels } = openRule(question.rule)
    this.#rule = rule
    this.#labels = labels
    this.#tally = new Tally(labels)
  }

  /** Declares a credit stolen. False when the credit moves nothing: a transfer to oneself. */
  declare(theft: number, ref: string, step: Step, credit: number): boolean {
    const { asset, amount } = step.credits[credit] as Credit
    if (isToOneself(step)) {
      this.#credits.push({ theft, ref, asset, amount: 0n })
      return false
    }
    this.#credits.push({ theft, ref, asset, amount })
    let ofStep = this.#declared.get(step.position)
    if (ofStep === undefined) this.#declared.set(step.position, (ofStep = new Map()))
    let thefts = ofStep.get(credit)
    if (thefts === undefined) ofStep.set(credit, (thefts = []))
    thefts.push(theft)
    return true
  }

  evaluate(step: Step): void {
    if (isToOneself(step)) return
    switch (step.shape) {
      case "utxo":
        return this.#evaluateUtxo(step)
      case "coinbase":
        return this.#evaluateCoinbase(step)
      case "account":
        return this.#evaluateAccount(step)
      case "exchange":
        return this.#evaluateExchange(step)
    }
  }

  #evaluateUtxo(step: Step): void {
    const pool = this.#rule.newPool()
    const drawn: Drawn = { from: [], trail: null }
    for (const debit of step.debits) this.#drain(debit, pool, drawn)
    if (pool.traced === 0n && !this.#declared.has(step.position)) return
    if (drawn.trail !== null) {
      for (const { pot, amount, originUnknown } of step.debits) {
        if (originUnknown && !drawn.from.includes(pot)) drawn.trail = this.#rest(drawn.trail, pot, amount)
      }
    }
    if (step.debits.length === 0) pool.append(untracedLots(totalCredited(step)))
    const dealt = this.#rule.deal(pool, step.credits.map(credit => credit.amount))
    this.#settle(step, dealt, drawn)
    this.#payFee(step, pool.lots(), drawn)
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

  /** A transaction's fee is not a credit: no service, threshold or hop limit applies to it. */
  #payFee(step: Step, lots: Lots, drawn: Drawn): void {
    if (tracedOf(lots) === 0n) return
    const fee = { asset: step.debits[0]?.asset ?? "", amount: totalOf(lots) }
    this.#tell("fee", step, drawn, { ...fee, to: null, address: null, lots })
    if (this.#question.fees === "drop" || step.coinbase === undefined) {
      this.#tally.count(fee.asset, "fees", lots)
      return
    }
    let fees = this.#tracedFees.get(step.coinbase)
    if (fees === undefined) {
      this.#tracedFees.set(step.coinbase, (fees = new Map()))
      this.#wanted.coinbases.push(step.coinbase)
    }
    fees.set(step.position, { lots, from: drawn.from, trail: this.#trailOfCredits(step, drawn) })
  }

  #evaluateCoinbase(step: Step): void {
    const tracedFees = this.#tracedFees.get(step.position)
    this.#tracedFees.delete(step.position)
    const pool = this.#rule.newPool()
    const drawn: Drawn = { from: [], trail: null }
    pool.append(untracedLots(step.subsidy ?? 0n))
    for (const { position, amount } of step.fees ?? []) {
      const fee = tracedFees?.get(position)
      pool.append(fee?.lots ?? untracedLots(amount))
      if (fee?.trail) for (const pot of fee.from) drawFrom(drawn, pot, fee.trail)
    }
    const dealt = this.#rule.deal(pool, step.credits.map(credit => credit.amount))
    this.#settle(step, dealt, drawn)
    const unclaimed = pool.lots()
    if (tracedOf(unclaimed) > 0n) {
      const asset = step.credits[0]?.asset ?? ""
      this.#tell("burn", step, drawn, { asset, amount: totalOf(unclaimed), to: null, address: null, lots: unclaimed })
      this.#tally.count(asset, "burned", unclaimed)
    }
  }

  #evaluateAccount(step: Step): void {
    const drawn: Drawn = { from: [], trail: null }
    const credit = step.credits[0] as Credit
    const debit = step.debits[0]
    const lots = debit === undefined ? untracedLots(credit.amount) : this.#withdraw(debit, drawn)
    if (step.kind === "fee" && this.#question.fees === "drop") this.#dropFee(step, credit, lots, drawn)
    else this.#settle(step, [lots], drawn)
    if (debit !== undefined) this.#leaveIfClean(debit.pot)
  }

  /** Under `drop` what a fee carries is counted in `fees`; its receiver gets it untraced. */
  #dropFee(step: Step, credit: Credit, lots: Lots, drawn: Drawn): void {
    const goesNowhere = typeof credit.to !== "number"
    const declared = goesNowhere ? this.#declareStolen(step, 0, lots) : lots
    if (tracedOf(declared) > 0n) {
      this.#tell("fee", step, drawn, { ...credit, to: null, lots: declared })
      this.#tally.count(credit.asset, "fees", declared)
    }
    if (!goesNowhere) this.#settle(step, [untracedLots(credit.amount)], { from: [], trail: null })
  }

  #evaluateExchange(step: Step): void {
    const assets = [...new Set(step.debits.map(debit => debit.asset))]
    const given = assets.map(asset => {
      const drawn: Drawn = { from: [], trail: null }
      const lots: Lot[] = []
      for (const debit of step.debits) {
        if (debit.asset !== asset) continue
        for (const lot of this.#withdraw(debit, drawn)) pushLot(lots, lot.label, lot.amount)
      }
      this.#tally.count(asset, "exchanged", lots)
      return { asset, drawn, lots }
    })
    // All debits first, then all credits: what is given for asset A labels what is got of asset B, both ways.
    const dealt: Lots[] = step.credits.map(() => [])
    const drawnOf: Drawn[] = step.credits.map(() => ({ from: [], trail: null }))
    for (const { asset, drawn, lots } of given) {
      const got = step.credits.flatMap((credit, index) => (credit.asset === asset ? [] : [{ credit, index }]))
      const converted = convert(lots, got.map(({ credit }) => credit.amount), this.#rule, this.#labels)
      for (const [at, { credit, index }] of got.entries()) {
        const share = converted[at] as Lots
        dealt[index] = share
        drawnOf[index] = drawn
        this.#tally.count(credit.asset, "exchangedIn", share)
      }
    }
    this.#settle(step, dealt, drawnOf)
    for (const debit of step.debits) this.#leaveIfClean(debit.pot)
  }

  /** Takes a debit from an account. Value of an account that holds nothing traced is untraced. */
  #withdraw(debit: Debit, drawn: Drawn): Lots {
    const account = this.#accounts.get(debit.pot)
    if (account === undefined || account.pool.traced === 0n) {
      account?.pool.take(debit.amount)
      return untracedLots(debit.amount)
    }
    drawFrom(drawn, debit.pot, account.trail)
    return account.pool.take(debit.amount)
  }

  #leaveIfClean(pot: PotId): void {
    const account = this.#accounts.get(pot)
    if (account !== undefined && account.pool.traced === 0n) this.#accounts.delete(pot)
  }

  /** Declares, checks and enters the credits of a step, as dealt. */
  #settle(step: Step, dealt: readonly Lots[], drawnOf: Drawn | readonly Drawn[]): void {
    const entering: { pot: PotId; credit: Credit; lots: Lots; trail: Trail }[] = []
    for (const [index, credit] of step.credits.entries()) {
      const drawn = "from" in drawnOf ? drawnOf : (drawnOf[index] as Drawn)
      const isDeclared = this.#declared.get(step.position)?.has(index) ?? false
      const lots = this.#declareStolen(step, index, dealt[index] as Lots)
      let trail = this.#trailOfCredits(step, drawn, isDeclared)
      const traced = tracedOf(lots) > 0n
      if (traced) this.#tell(flowKind(step, credit, isDeclared), step, drawn, { ...credit, lots })
      if (typeof credit.to !== "number") {
        this.#tally.count(credit.asset, credit.to, lots)
        if (credit.to === "unrecorded" && traced) {
          for (const pot of drawn.from) this.#note("unrecorded", pot, tracedOf(lots))
        }
        continue
      }
      if (traced && isDeclared && step.originUnknown) trail = this.#rest(trail, credit.to, credit.amount)
      const followed = traced ? this.#check(step, credit, credit.to, lots, trail, isDeclared) : lots
      entering.push({ pot: credit.to, credit, lots: followed, trail })
    }
    if (step.shape === "utxo" || step.shape === "coinbase") {
      for (const { pot, credit, lots, trail } of entering) {
        if (tracedOf(lots) === 0n) continue
        this.#outputs.set(pot, { asset: credit.asset, address: credit.address, amount: credit.amount, lots, trail })
        this.#wanted.spenders.push(pot)
      }
    } else this.#enterAccounts(step, entering)
  }

  #declareStolen(step: Step, index: number, lots: Lots): Lots {
    const thefts = this.#declared.get(step.position)?.get(index)
    if (thefts === undefined) return lots
    let declared = lots
    for (const theft of thefts) {
      this.#tally.declare((step.credits[index] as Credit).asset, theft, declared)
      const named: Lot[] = []
      for (const { label, amount } of declared) pushLot(named, this.#labels.extended(label, theft), amount)
      declared = named
    }
    return declared
  }

  /** Service, then `--min`, then `--max-hops`: what is stopped goes on untraced. */
  #check(step: Step, credit: Credit, pot: PotId, lots: Lots, trail: Trail, isDeclared: boolean): Lots {
    const service = credit.address === null ? null : this.#question.serviceOf(credit.address)
    const { asset, address, amount } = credit
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

  #enterAccounts(step: Step, credits: readonly { pot: PotId; credit: Credit; lots: Lots; trail: Trail }[]): void {
    const willBeTraced = new Set(credits.filter(({ lots }) => tracedOf(lots) > 0n).map(({ pot }) => pot))
    for (const { pot, credit, lots, trail } of credits) {
      const traced = tracedOf(lots) > 0n
      const account = this.#accounts.get(pot)
      if (account !== undefined) {
        if (traced) account.trail = account.pool.traced === 0n ? trail : joined(account.trail, trail)
        if (step.originUnknown) account.trail = this.#rest(account.trail, pot, credit.amount)
        account.pool.append(lots)
      } else if (willBeTraced.has(pot)) {
        const entering = this.#entering.get(pot)
        if (entering !== undefined) {
          entering.lots.push(lots)
          if (traced) entering.trail = joined(entering.trail, trail)
          continue
        }
        const first = credits.find(other => other.pot === pot && tracedOf(other.lots) > 0n)?.trail ?? trail
        const debited = step.debits.reduce((sum, debit) => (debit.pot === pot ? sum + debit.amount : sum), 0n)
        const { asset, address } = credit
        this.#entering.set(pot, { asset, address, debited, lots: [lots], trail: first })
        this.#wanted.accounts.push({ pot, at: step.position })
      }
    }
  }

  /** The source has told how an account stood: its own value goes to the front, then what is entering. */
  enter(pot: PotId, answer: AccountAnswer): void {
    const entering = this.#entering.get(pot)
    if (entering === undefined) throw new Error(`evaluation: account ${pot} was not asked for`)
    this.#entering.delete(pot)
    const { asset, address, debited, lots } = entering
    const pool = this.#rule.newPool()
    pool.append(untracedLots(answer.before - debited))
    for (const credit of lots) pool.append(credit)
    let trail = entering.trail
    if (answer.opening > 0n) trail = this.#rest(trail, pot, answer.opening, "opening-balance")
    if (answer.issued > 0n) trail = this.#rest(trail, pot, answer.issued)
    const { steps, more } = answer
    this.#accounts.set(pot, { asset, address, pool, trail, upcoming: steps, next: 0, more })
  }

  extend(pot: PotId, { steps, more }: MovementsAnswer): void {
    const account = this.#accounts.get(pot)
    if (account !== undefined) Object.assign(account, { upcoming: steps, next: 0, more })
  }

  touchedAccounts(step: Step): PotId[] {
    if (this.#accounts.size === 0) return []
    const pots = [...step.debits.map(debit => debit.pot), ...step.credits.map(credit => credit.to)]
    return [...new Set(pots.filter(pot => typeof pot === "number"))].filter(pot => this.#accounts.has(pot))
  }

  /** Puts the account's next movement after `position` on the agenda, or asks for more of them. */
  advance(pot: PotId, position: Position, agenda: Agenda): void {
    const account = this.#accounts.get(pot)
    if (account === undefined) return
    while (account.next < account.upcoming.length) {
      const step = account.upcoming[account.next] as Step
      if (step.position > position) {
        agenda.add(step)
        return
      }
      account.next++
    }
    if (account.more) {
      account.more = false
      this.#wanted.movements.push({ pot, after: position })
    }
  }

  #trailOfCredits(step: Step, drawn: Drawn, isDeclared = false): Trail {
    if (drawn.trail === null) return { hop: 0, grade: step.grade, restsOn: RESTS_ON_NOTHING }
    const { hop, grade, restsOn } = drawn.trail
    return { hop: isDeclared ? 0 : hop + 1, grade: weakest(grade, step.grade), restsOn }
  }

  /** Notes that a pot's past is not wholly known, and that what comes after rests on it. */
  #rest(trail: Trail, pot: PotId, amount: bigint, what: "opening-balance" | "origin-unknown" = "origin-unknown"): Trail {
    if (what === "origin-unknown" || !this.#unknown.has(`${what} ${pot}`)) this.#note(what, pot, amount)
    return trail.restsOn.has(pot) ? trail : { ...trail, restsOn: new Set([...trail.restsOn, pot]) }
  }

  #note(what: "opening-balance" | "origin-unknown" | "unrecorded", pot: PotId, amount: bigint): void {
    const noted = this.#unknown.get(`${what} ${pot}`)
    if (noted === undefined) this.#unknown.set(`${what} ${pot}`, { what, pot, amount })
    else noted.amount += amount
  }

  #tell(
    kind: TracedFlow["kind"],
    step: Step,
    drawn: Drawn,
    credit: { to: PotId | string | null; address: string | null; asset: string; amount: bigint; lots: Lots },
  ): void {
    const grade: Grade = drawn.trail === null ? step.grade : weakest(drawn.trail.grade, step.grade)
    const to = typeof credit.to === "number" ? credit.to : null
    const { address, asset, amount, lots } = credit
    this.#onFlow({ kind, step, from: drawn.from, to, address, asset, amount, lots, grade }, this.#labels)
  }

  /** What was found, once no step is left: what the pots hold at the horizon is `held`. */
  findings(unknown: readonly Unknown[]): Findings {
    const held: Held[] = []
    for (const [pot, { asset, address, amount, lots, trail }] of this.#outputs) {
      held.push({ pot, address, asset, value: amount, lots, grade: trail.grade, restsOn: trail.restsOn })
    }
    for (const [pot, { asset, address, pool, trail }] of this.#accounts) {
      const lots = pool.lots()
      if (tracedOf(lots) === 0n) continue
      held.push({ pot, address, asset, value: pool.total, lots, grade: trail.grade, restsOn: trail.restsOn })
    }
    for (const { asset, lots } of held) this.#tally.count(asset, "held", lots)
    return {
      labels: this.#labels,
      figures: this.#tally.figures(),
      held,
      arrived: this.#arrived,
      unknown: [...unknown, ...this.#unknown.values()],
      credits: this.#credits,
    }
  }
}

function drawFrom(drawn: Drawn, pot: PotId, trail: Trail): void {
  if (!drawn.from.includes(pot)) drawn.from.push(pot)
  drawn.trail = drawn.trail === null ? trail : joined(drawn.trail, trail)
}

function isToOneself(step: Step): boolean {
  return step.shape === "account" && step.debits[0] !== undefined && step.debits[0].pot === step.credits[0]?.to
}

function totalCredited(step: Step): bigint {
  return step.credits.reduce((sum, credit) => sum + credit.amount, 0n)
}

function flowKind(step: Step, credit: Credit, isDeclared: boolean): TracedFlow["kind"] {
  if (isDeclared) return "theft"
  if (step.kind !== "transfer") return step.kind
  if (credit.to === "burned") return "burn"
  return credit.to === "unrecorded" ? "unrecorded" : "transfer"
}
