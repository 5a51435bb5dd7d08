import type { Credit, Step } from "../ledger/step.ts"
import type { TracedAccounts } from "./accounts.ts"
import type { Declarations } from "./declarations.ts"
import { convert } from "./exchange.ts"
import type { LabelTable } from "./label.ts"
import { type Lot, type Lots, pushLot, tracedOf, untracedLots } from "./lot.ts"
import { type Drawn, nothingDrawn } from "./pots.ts"
import type { Rule } from "./rule.ts"
import type { Settlement } from "./settlement.ts"
import type { Tally } from "./tally.ts"

/** What a step of an account chain is dealt with. */
export interface DealingParts {
  readonly fees: "drop" | "follow"
  readonly rule: Rule
  readonly labels: LabelTable
  readonly tally: Tally
  readonly declarations: Declarations
  readonly settlement: Settlement
  readonly accounts: TracedAccounts
  /** Told what each debit of a step takes from its pot. */
  readonly onTaken?: (step: Step, debit: number, lots: Lots) => void
}

/** The dealing on account chains: what a step's debits bring, and to which credits it goes. A trace and a sweep share it. */
export class AccountDealing {
  readonly #parts: DealingParts

  constructor(parts: DealingParts) {
    this.#parts = parts
  }

  /** @param step of shape `account` or `exchange`; one that moves nothing does nothing */
  evaluate(step: Step): void {
    if (isToOneself(step)) return
    if (step.shape === "account") this.#evaluateAccount(step)
    else this.#evaluateExchange(step)
  }

  #evaluateAccount(step: Step): void {
    const { accounts, settlement, fees } = this.#parts
    const drawn = nothingDrawn()
    const credit = step.credits[0] as Credit
    const lots = step.debits.length === 0 ? untracedLots(credit.amount) : this.#withdraw(step, 0, drawn)
    if (step.kind === "fee" && fees === "drop") this.#dropFee(step, credit, lots, drawn)
    else
      accounts.credit(
        step,
        settlement.settle(step, [lots], () => drawn),
      )
    this.#leaveClean(step)
  }

  #withdraw(step: Step, at: number, drawn: Drawn): Lots {
    const debit = step.debits[at]
    if (debit === undefined) throw new RangeError(`dealing: a step has no debit ${at}`)
    const lots = this.#parts.accounts.withdraw(debit, drawn)
    this.#parts.onTaken?.(step, at, lots)
    return lots
  }

  #leaveClean(step: Step): void {
    for (const debit of step.debits) this.#parts.accounts.leaveIfClean(debit.pot)
  }

  /** Under `drop` what a fee carries is counted in `fees`; its receiver gets it untraced. */
  #dropFee(step: Step, credit: Credit, lots: Lots, drawn: Drawn): void {
    const { declarations, settlement, tally, accounts } = this.#parts
    const hasReceiver = typeof credit.to === "number"
    const dropped = hasReceiver ? lots : declarations.apply(step, 0, lots)
    if (tracedOf(dropped) > 0n) {
      const kind = !hasReceiver && declarations.isDeclared(step, 0) ? "theft" : "fee"
      settlement.tell(kind, step, drawn, { ...credit, to: null }, dropped, null)
      tally.count(credit.asset, "fees", dropped)
    }
    if (!hasReceiver) return
    accounts.credit(step, settlement.settle(step, [untracedLots(credit.amount)], nothingDrawn))
  }

  /** All debits first, then all credits: what is given of one asset labels what is got of the other, both ways. */
  #evaluateExchange(step: Step): void {
    const { rule, labels, tally, accounts, settlement } = this.#parts
    const assets = [...new Set(step.debits.map(debit => debit.asset))]
    const given = assets.map(asset => ({ asset, ...this.#give(step, asset) }))
    const dealt: Lots[] = step.credits.map(({ amount }) => untracedLots(amount))
    const drawnOf = step.credits.map(nothingDrawn)
    for (const { asset, drawn, lots } of given) {
      const got = step.credits.flatMap((credit, index) => (credit.asset === asset ? [] : [{ credit, index }]))
      const amounts = got.map(({ credit }) => credit.amount)
      for (const [at, share] of convert(lots, amounts, rule, labels).entries()) {
        const { credit, index } = got[at] as (typeof got)[number]
        dealt[index] = share
        drawnOf[index] = drawn
        tally.count(credit.asset, "exchangedIn", share)
      }
    }
    accounts.credit(
      step,
      settlement.settle(step, dealt, index => drawnOf[index] as Drawn),
    )
    this.#leaveClean(step)
  }

  #give(step: Step, asset: string): { drawn: Drawn; lots: Lots } {
    const drawn = nothingDrawn()
    const lots: Lot[] = []
    for (const [at, debit] of step.debits.entries()) {
      if (debit.asset !== asset) continue
      for (const lot of this.#withdraw(step, at, drawn)) pushLot(lots, lot.label, lot.amount)
    }
    this.#parts.tally.count(asset, "exchanged", lots)
    return { drawn, lots }
  }
}

/** A transfer to oneself moves nothing. */
export function isToOneself(step: Step): boolean {
  return (
    step.shape === "account" && step.debits[0] !== undefined && step.debits[0].pot === step.credits[0]?.to
  )
}
