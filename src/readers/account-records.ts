import { type AccountRow, UNRECORDED } from "../ledger/account-row.ts"
import type { Asset } from "../ledger/asset.ts"
import { weakest } from "../ledger/grade.ts"
import type { Credit, Debit, PotId, Step } from "../ledger/step.ts"
import type { Notice, Source } from "../ports/source.ts"
import type { AccountAnswer, Answer, Located, MovementsAnswer, Need } from "../tracing/need.ts"
import { getOrMake } from "../units/get-or-make.ts"
import { type Position, positionOf } from "../units/position.ts"
import { Problem } from "../units/problem.ts"
import { ClockWatch } from "./clock-watch.ts"
import { endOfRecords, horizonOf } from "./horizon.ts"
import { StepCache } from "./step-cache.ts"

/**
 * Movements told at a time: few at first, since traced value often passes a busy account in a step or two and comes
 * again later, and more where it stays.
 */
const FIRST_PAGE = 4
const PAGE = 256
const NO_POT = -1

/** An account's movements in order, and its balance before each, the opening balance left out. */
interface History {
  readonly rows: readonly number[]
  readonly before: readonly bigint[]
  readonly issuedBefore: readonly bigint[]
  readonly opening: bigint
}

/**
 * A whole account chain's record in memory: the rows in execution order. A row is a step at its own index; the rows
 * of one exchange are one step at the index of the first. Balances are worked out for the accounts asked for only.
 */
export class AccountRecords implements Source {
  readonly shape = "account"
  readonly notices: readonly Notice[]
  readonly #rows: readonly AccountRow[]
  readonly #end: number
  readonly horizon: Source["horizon"]
  readonly #assetOf: (name: string) => Asset
  readonly #pots = new Map<string, PotId>()
  readonly #potNames: string[] = []
  /** For each row the pot it leaves and the pot it enters; NO_POT where it comes from or goes nowhere. */
  readonly #fromPot: Int32Array
  readonly #toPot: Int32Array
  /** For each pot the indexes of its steps. */
  readonly #movements: number[][] = []
  readonly #exchanges = new Map<string, number[]>()
  readonly #rowOfRef = new Map<string, number>()
  readonly #steps = new StepCache()
  readonly #histories = new Map<PotId, History>()

  /**
   * @param rows checked rows in execution order; heights never fall
   * @param horizon where the record says itself up to when it speaks; else that of its last row
   * @throws Problem `heights-absent` where a horizon is asked for that the record has no heights for
   */
  constructor(
    rows: readonly AccountRow[],
    toHeight: number | null,
    assetOf: (name: string) => Asset,
    horizon?: Source["horizon"],
  ) {
    this.#rows = rows
    this.#fromPot = new Int32Array(rows.length).fill(NO_POT)
    this.#toPot = new Int32Array(rows.length).fill(NO_POT)
    this.#assetOf = assetOf
    this.#end = endOfRecords(rows.length, at => (rows[at] as AccountRow).tx.height, toHeight)
    this.horizon = horizon ?? horizonOf(rows.length, this.#end, at => (rows[at] as AccountRow).tx, toHeight)
    const clock = new ClockWatch()
    for (const [at, row] of rows.entries()) {
      if (at < this.#end) clock.see(row.tx)
      this.#index(at, row)
    }
    this.notices = clock.notices()
  }

  #index(at: number, row: AccountRow): void {
    const { from, to, asset, exchange } = row
    if (from !== null) this.#fromPot[at] = this.#pot(from, asset)
    if (to !== null && to !== UNRECORDED) this.#toPot[at] = this.#pot(to, asset)
    const pots = [this.#fromPot[at] as PotId, this.#toPot[at] as PotId].filter(pot => pot !== NO_POT)
    if (exchange === null) {
      if (from !== to) for (const pot of pots) (this.#movements[pot] as number[]).push(at)
      return
    }
    const rows = getOrMake(this.#exchanges, exchange, () => [])
    rows.push(at)
    for (const pot of pots) insertOnce(this.#movements[pot] as number[], rows[0] as number)
  }

  #pot(account: string, asset: string): PotId {
    const name = `${account}/${asset}`
    let pot = this.#pots.get(name)
    if (pot === undefined) {
      pot = this.#potNames.push(name) - 1
      this.#pots.set(name, pot)
      this.#movements.push([])
    }
    return pot
  }

  potName(pot: PotId): string {
    return this.#potNames[pot] as string
  }

  assetOf(name: string): Asset {
    return this.#assetOf(name)
  }

  answer(needs: readonly Need[]): readonly Answer[] {
    this.#locateAll(needs)
    return needs.map(need => {
      switch (need.what) {
        case "theft":
          return { what: "theft", found: this.#locate(need.ref) }
        case "account":
          return this.#account(need.pot, need.at)
        case "movements":
          return { what: "movements", ...this.#page(need.pot, need.after, PAGE) }
        default:
          throw new Error(`account records: expected a need of an account chain, got "${need.what}"`)
      }
    })
  }

  /** One pass over the rows for all references of a batch. */
  #locateAll(needs: readonly Need[]): void {
    const missing = new Set<string>()
    for (const need of needs)
      if (need.what === "theft" && !this.#rowOfRef.has(need.ref)) missing.add(need.ref)
    if (missing.size === 0) return
    for (const [at, { ref }] of this.#rows.entries()) {
      if (!missing.has(ref)) continue
      if (this.#rowOfRef.has(ref)) throw new Problem("ref-ambiguous", { ref })
      this.#rowOfRef.set(ref, at)
    }
  }

  #locate(ref: string): Located {
    const at = this.#rowOfRef.get(ref)
    if (at === undefined) throw new Problem("ref-unknown", { ref })
    if (at >= this.#end) return { beyond: (this.#rows[at] as AccountRow).asset }
    return { step: this.#stepAt(at), credit: this.#rowsOfStep(at).indexOf(at) }
  }

  #rowsOfStep(at: number): readonly number[] {
    const exchange = (this.#rows[at] as AccountRow).exchange
    return exchange === null ? [at] : (this.#exchanges.get(exchange) as number[])
  }

  #stepAt(at: number): Step {
    const first = this.#rowsOfStep(at)[0] as number
    return this.#steps.get(first, () => this.#makeStep(first))
  }

  #makeStep(at: number): Step {
    const indexes = this.#rowsOfStep(at)
    const rows = indexes.map(index => this.#rows[index] as AccountRow)
    const first = rows[0] as AccountRow
    return {
      shape: first.exchange === null ? "account" : "exchange",
      kind: first.kind,
      position: positionOf(0, indexes[0] as number),
      tx: first.tx,
      debits: indexes.filter(index => this.#fromPot[index] !== NO_POT).map(index => this.#debitAt(index)),
      credits: indexes.map(index => this.#creditAt(index)),
      grade: rows.reduce((grade, row) => weakest(grade, row.grade), first.grade),
      source: first.source,
    }
  }

  #debitAt(at: number): Debit {
    const { from, to, asset, amount } = this.#rows[at] as AccountRow
    // A leg to oneself moves nothing; it keeps its place, since references count the legs.
    return { pot: this.#fromPot[at] as PotId, asset, amount: from === to ? 0n : amount }
  }

  #creditAt(at: number): Credit {
    const { from, to, asset, amount: stated, exchange, originUnknown } = this.#rows[at] as AccountRow
    const amount = exchange !== null && from === to ? 0n : stated
    if (to === null) return { to: "burned", asset, amount, address: null }
    const payer = this.#fromPot[at] as PotId
    if (to === UNRECORDED) return { to: "unrecorded", asset, amount, address: null, payer }
    const credit = { to: this.#toPot[at] as PotId, asset, amount, address: to }
    return originUnknown ? { ...credit, originUnknown } : credit
  }

  #account(pot: PotId, at: Position): AccountAnswer {
    const history = this.#history(pot)
    const index = firstAtLeast(history.rows, at)
    const before = (history.before[index] as bigint) + history.opening
    const issued = history.issuedBefore[index] as bigint
    return { what: "account", before, opening: history.opening, issued, ...this.#page(pot, at, FIRST_PAGE) }
  }

  #page(pot: PotId, after: Position, most: number): Omit<MovementsAnswer, "what"> {
    const rows = this.#movements[pot] as number[]
    const from = firstAtLeast(rows, after + 1)
    const steps: Step[] = []
    let index = from
    for (; index < rows.length && steps.length < most; index++) {
      if ((rows[index] as number) >= this.#end) return { steps, more: false }
      steps.push(this.#stepAt(rows[index] as number))
    }
    return { steps, more: index < rows.length && (rows[index] as number) < this.#end }
  }

  /** The pass over an account's balances, over all records supplied, whatever the horizon. */
  #history(pot: PotId): History {
    const known = this.#histories.get(pot)
    if (known !== undefined) return known
    const rows = this.#movements[pot] as number[]
    const before: bigint[] = []
    const issuedBefore: bigint[] = []
    let balance = 0n
    let issued = 0n
    let lowest = 0n
    for (const at of rows) {
      before.push(balance)
      issuedBefore.push(issued)
      const legs = this.#rowsOfStep(at).filter(leg => this.#fromPot[leg] !== this.#toPot[leg])
      for (const leg of legs)
        if (this.#fromPot[leg] === pot) balance -= (this.#rows[leg] as AccountRow).amount
      if (balance < lowest) lowest = balance
      for (const leg of legs) {
        if (this.#toPot[leg] !== pot) continue
        const { amount, originUnknown } = this.#rows[leg] as AccountRow
        balance += amount
        if (originUnknown) issued += amount
      }
    }
    before.push(balance)
    issuedBefore.push(issued)
    const history = { rows, before, issuedBefore, opening: -lowest }
    this.#histories.set(pot, history)
    return history
  }
}

/** The index of the first number that is at least `least`; the length where none is. */
function firstAtLeast(sorted: readonly number[], least: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) < least) low = middle + 1
    else high = middle
  }
  return low
}

/** An exchange's later rows bring accounts in at the index of its first, which others may have passed by then. */
function insertOnce(sorted: number[], value: number): void {
  const at = firstAtLeast(sorted, value)
  if (sorted[at] !== value) sorted.splice(at, 0, value)
}
