import type { Credit, Debit, PotId, Step } from "../ledger/step.ts"
import { getOrMake } from "../units/get-or-make.ts"
import type { Position } from "../units/position.ts"
import type { Agenda } from "./agenda.ts"
import { type Lots, tracedOf, untracedLots } from "./lot.ts"
import type { AccountAnswer, MovementsAnswer } from "./need.ts"
import { type Drawn, drawFrom, joined, type TracedAccount, type Trail } from "./pots.ts"
import type { Held } from "./question.ts"
import type { Rule } from "./rule.ts"
import type { Unknowns } from "./unknowns.ts"
import type { Wanted } from "./wanted.ts"

/** A credit as dealt and checked, on its way into its pot. */
export interface Entry {
  readonly pot: PotId
  readonly credit: Credit
  readonly lots: Lots
  readonly trail: Trail
  /** That its origin is unknown has been noted already. */
  readonly originNoted: boolean
}

/** A traced account between two steps. */
export interface AccountStand {
  readonly asset: string
  readonly address: string | null
  readonly lots: Lots
  readonly trail: Trail
}

/** Traced value on its way into an account that the source has not told about yet. */
interface Entering {
  readonly asset: string
  readonly address: string | null
  readonly debited: bigint
  readonly lots: Lots[]
  trail: Trail
}

/**
 * The accounts' pots that hold traced value. An account is followed from its first traced credit until it holds
 * none; before and after that it is only asked for its balance, so that memory grows with what is traced.
 */
export class TracedAccounts {
  readonly #rule: Rule
  readonly #wanted: Wanted
  readonly #unknowns: Unknowns
  readonly #accounts = new Map<PotId, TracedAccount>()
  readonly #entering = new Map<PotId, Entering>()

  constructor(rule: Rule, wanted: Wanted, unknowns: Unknowns) {
    this.#rule = rule
    this.#wanted = wanted
    this.#unknowns = unknowns
  }

  /** Takes a debit from an account. It is traced when the lots that the rule takes are, whatever stays behind. */
  withdraw(debit: Debit, drawn: Drawn): Lots {
    const account = this.#accounts.get(debit.pot)
    if (account === undefined) return untracedLots(debit.amount)
    const lots = account.pool.take(debit.amount)
    if (tracedOf(lots) > 0n) drawFrom(drawn, debit.pot, account.trail)
    return lots
  }

  leaveIfClean(pot: PotId): void {
    if (this.#accounts.get(pot)?.pool.traced === 0n) this.#accounts.delete(pot)
  }

  /** Puts the credits of a step into their accounts; asks for the accounts that become traced by it. */
  credit(step: Step, entries: readonly Entry[]): void {
    const firstTrail = new Map<PotId, Trail>()
    for (const { pot, lots, trail } of entries) {
      if (tracedOf(lots) > 0n && !firstTrail.has(pot)) firstTrail.set(pot, trail)
    }
    for (const entry of entries) {
      const account = this.#accounts.get(entry.pot)
      const first = firstTrail.get(entry.pot)
      if (account !== undefined) this.#deposit(account, entry)
      else if (first !== undefined) this.#await(step, entry, first)
    }
  }

  #deposit(account: TracedAccount, entry: Entry): void {
    const { lots, trail } = entry
    if (tracedOf(lots) > 0n) account.trail = account.pool.traced === 0n ? trail : joined(account.trail, trail)
    account.trail = this.#restOnOrigin(account.trail, entry)
    account.pool.append(lots)
  }

  #restOnOrigin(trail: Trail, { pot, credit, originNoted }: Entry): Trail {
    if (originNoted || credit.originUnknown === undefined) return trail
    return this.#unknowns.rest(trail, "origin-unknown", pot, credit.amount)
  }

  /** All of a step's credits to such an account wait together, in order, the untraced ones too. */
  #await(step: Step, entry: Entry, first: Trail): void {
    const { pot, credit, lots, trail } = entry
    const entering = getOrMake(this.#entering, pot, () => {
      this.#wanted.accounts.push({ pot, at: step.position })
      const debited = step.debits.reduce((sum, debit) => (debit.pot === pot ? sum + debit.amount : sum), 0n)
      return { asset: credit.asset, address: credit.address, debited, lots: [], trail: first }
    })
    entering.lots.push(lots)
    if (tracedOf(lots) > 0n) entering.trail = joined(entering.trail, trail)
    entering.trail = this.#restOnOrigin(entering.trail, entry)
  }

  /** The source has told how an account stood: its own value goes to the front, then what is entering. */
  enter(pot: PotId, { before, opening, issued, steps, more, doubts = [] }: AccountAnswer): void {
    const entering = this.#entering.get(pot)
    if (entering === undefined) throw new Error(`accounts: pot ${pot} was not asked for`)
    this.#entering.delete(pot)
    const { asset, address, debited, lots } = entering
    const pool = this.#rule.newPool()
    pool.append(untracedLots(before - debited))
    for (const credit of lots) pool.append(credit)
    const opened = this.#unknowns.restInAll(entering.trail, "opening-balance", pot, opening)
    const issuedTo = this.#unknowns.restInAll(opened, "origin-unknown", pot, issued)
    const trail = doubts.reduce((so, doubt) => this.#unknowns.rest(so, doubt, pot, 0n), issuedTo)
    this.#accounts.set(pot, { asset, address, pool, trail, upcoming: steps, next: 0, more })
  }

  extend(pot: PotId, { steps, more }: MovementsAnswer): void {
    const account = this.#accounts.get(pot)
    if (account !== undefined) Object.assign(account, { upcoming: steps, next: 0, more })
  }

  /** The traced accounts at either end of a step. */
  touched(step: Step): readonly PotId[] {
    if (this.#accounts.size === 0) return []
    const pots = [...step.debits.map(debit => debit.pot), ...step.credits.map(credit => credit.to)]
    return [...new Set(pots)].filter(pot => typeof pot === "number").filter(pot => this.#accounts.has(pot))
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

  has(pot: PotId): boolean {
    return this.#accounts.has(pot)
  }

  get pots(): Iterable<PotId> {
    return this.#accounts.keys()
  }

  /** How a traced account stands, to be put back; null for one that holds nothing traced. */
  standOf(pot: PotId): AccountStand | null {
    const account = this.#accounts.get(pot)
    if (account === undefined) return null
    const { asset, address, pool, trail } = account
    return { asset, address, lots: pool.lots(), trail }
  }

  /** Puts an account where it stood: a pool that is filled with a pool's lots is the same pool. */
  stand(pot: PotId, at: AccountStand | null): void {
    if (at === null) {
      this.#accounts.delete(pot)
      return
    }
    const { asset, address, lots, trail } = at
    const pool = this.#rule.newPool()
    pool.append(lots)
    this.#accounts.set(pot, { asset, address, pool, trail, upcoming: [], next: 0, more: false })
  }

  *held(): Generator<Held> {
    for (const [pot, { asset, address, pool, trail }] of this.#accounts) {
      if (pool.traced === 0n) continue
      const { grade, restsOn } = trail
      yield { pot, address, asset, value: pool.total, lots: pool.lots(), grade, restsOn }
    }
  }
}
