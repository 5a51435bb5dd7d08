import type { PotId, Step } from "../../ledger/step.ts"
import type { RuleName } from "../../ledger/vocabulary.ts"
import { AccountDealing } from "../account-dealing.ts"
import { type AccountStand, TracedAccounts } from "../accounts.ts"
import { Declarations } from "../declarations.ts"
import type { LabelTable } from "../label.ts"
import type { Lots } from "../lot.ts"
import type { Arrived, TracedFlow } from "../question.ts"
import { openRule } from "../rule.ts"
import { Settlement } from "../settlement.ts"
import { Tally } from "../tally.ts"
import { Unknowns } from "../unknowns.ts"
import type { Wanted } from "../wanted.ts"
import type { AccountPast, DeclaredRow } from "./account-run.ts"
import type { AccountSweepState, SweptArrival } from "./account-state.ts"

/** What a sweep of an account chain is asked under one rule. */
export interface AccountSweepQuestion {
  /** Not `tiho`, which is defined on UTXO chains only. */
  readonly rule: RuleName
  readonly fees: "drop" | "follow"
  /** Every credit declared stolen that moves anything by the horizon, in the order of the question. */
  readonly declared: readonly DeclaredRow[]
  /** The service of an address, where following stops; null for none. */
  readonly serviceOf: (address: string) => string | null
}

/** Told, while a block is told apart, what leaves and what comes. */
export interface StepTold {
  taken(step: Step, debit: number, lots: Lots): void
  made(flow: TracedFlow): void
}

/** The books of one sweep of an account chain: the same dealing as a trace's, with what it needs of the past at hand. */
export class AccountBook {
  readonly labels: LabelTable
  readonly accounts: TracedAccounts
  readonly tally: Tally
  readonly unknowns = new Unknowns()
  readonly arrivals: SweptArrival[] = []
  /** See `AccountSweepState`. */
  readonly openings = new Map<PotId, bigint>()
  told: StepTold | null = null
  readonly #past: AccountPast
  readonly #dealing: AccountDealing
  readonly #wanted: Wanted = { spenders: [], accounts: [], movements: [], coinbases: [] }
  readonly #arrived: Arrived[] = []

  constructor({ rule: name, fees, declared, serviceOf }: AccountSweepQuestion, past: AccountPast) {
    const { rule, labels } = openRule(name)
    this.labels = labels
    this.#past = past
    this.tally = new Tally(labels)
    this.accounts = new TracedAccounts(rule, this.#wanted, this.unknowns)
    const declarations = new Declarations(labels, this.tally)
    // Of an account chain in a ledger, a step's position is its row.
    for (const { row, credit, theft } of declared) declarations.at(row as Step["position"], credit, theft)
    const settlement = new Settlement(
      { rule: name, thefts: [], fees, min: 0n, maxHops: null, serviceOf },
      labels,
      this.tally,
      declarations,
      this.unknowns,
      this.#arrived,
      flow => this.told?.made(flow),
    )
    this.#dealing = new AccountDealing({
      fees,
      rule,
      labels,
      tally: this.tally,
      declarations,
      settlement,
      accounts: this.accounts,
      onTaken: (step, debit, lots) => this.told?.taken(step, debit, lots),
    })
  }

  /** @param onEntered told of each pot that becomes traced by it */
  evaluate(step: Step, onEntered: (pot: PotId) => void): void {
    this.#dealing.evaluate(step)
    for (const { pot, at } of this.#wanted.accounts.splice(0)) {
      const standing = this.#past.standing(pot, at)
      this.accounts.enter(pot, { what: "account", ...standing, steps: [], more: false })
      this.openings.set(pot, standing.opening)
      onEntered(pot)
    }
    for (const { pot, asset, lots, grade, restsOn } of this.#arrived.splice(0))
      this.arrivals.push({ pot, row: step.position, asset, lots, grade, restsOn })
  }

  /** A copy, for which `row` is the first that has not been swept. */
  state(row: number): AccountSweepState {
    return {
      row,
      labels: [...this.labels.all()],
      pots: Array.from(this.accounts.pots, pot => [pot, this.accounts.standOf(pot) as AccountStand] as const),
      tally: this.tally.saved(),
      arrivals: [...this.arrivals],
      unknowns: this.unknowns.all(),
      openings: [...this.openings],
    }
  }

  /** Takes over what `state` gave; the book must be new. */
  restore({ labels, pots, tally, arrivals, unknowns, openings }: AccountSweepState): void {
    for (const thefts of labels) this.labels.naming(thefts)
    for (const [pot, stand] of pots) this.accounts.stand(pot, stand)
    this.tally.restore(tally)
    for (const arrival of arrivals) this.arrivals.push(arrival)
    this.unknowns.restore(unknowns)
    for (const [pot, opening] of openings) this.openings.set(pot, opening)
  }

  /** From now on all that a step changes is remembered. @returns what ends that, and gives what puts all of it back */
  watch(): { readonly before: (pot: PotId) => void; readonly end: () => () => void } {
    const stands = new Map<PotId, AccountStand | null>()
    const openings = new Map<PotId, bigint | null>()
    const tally = this.tally.saved()
    const [labels, arrivals] = [this.labels.count, this.arrivals.length]
    this.unknowns.watch()
    return {
      before: pot => {
        if (stands.has(pot)) return
        stands.set(pot, this.accounts.standOf(pot))
        openings.set(pot, this.openings.get(pot) ?? null)
      },
      end: () => {
        const noted = this.unknowns.watched()
        return () => {
          for (const [pot, stand] of stands) this.accounts.stand(pot, stand)
          for (const [pot, opening] of openings) if (opening === null) this.openings.delete(pot)
          this.tally.restore(tally)
          this.labels.keep(labels)
          this.arrivals.length = arrivals
          noted()
        }
      },
    }
  }
}
