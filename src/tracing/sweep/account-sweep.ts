import type { PotId, Step } from "../../ledger/step.ts"
import { type LabelTable, UNTRACED } from "../label.ts"
import type { Lots } from "../lot.ts"
import type { Held } from "../question.ts"
import { type AssetFigures, Tally } from "../tally.ts"
import type { PotUnknown } from "../unknowns.ts"
import { AccountBook, type AccountSweepQuestion } from "./account-book.ts"
import type { AccountPast, AccountRun } from "./account-run.ts"
import type { AccountSweepState, SweptArrival } from "./account-state.ts"
import { PotFilter } from "./pot-filter.ts"

/** How much of an amount is traced to a theft, by its place in the question. */
export interface TheftPart {
  readonly theft: number
  readonly amount: bigint
}

/** What a block did to traced value; rows in which nothing is traced are left out. */
export interface SweptBlock {
  /** What was traced in what left a row's pot, by theft in the order of the question. */
  readonly taken: ReadonlyMap<number, readonly TheftPart[]>
  /** What is traced in what came to a row's pot, a service's too; not what was burned, counted as a fee or left to nowhere. */
  readonly made: ReadonlyMap<number, readonly TheftPart[]>
  /** Takes the block back: only the last one, each once. */
  readonly takeBack: () => void
}

/**
 * A sweep of an account chain under one rule. Rows go by, and those that touch a traced account or are declared stolen
 * are evaluated, exactly as a trace evaluates them. What an account held before its first traced credit is asked of its
 * past, so that the state is what is traced and nothing else.
 */
export class AccountSweep {
  readonly #book: AccountBook
  readonly #declared: readonly number[]
  readonly #filter = new PotFilter()
  #row: number

  constructor(question: AccountSweepQuestion, past: AccountPast, state: AccountSweepState | null = null) {
    this.#book = new AccountBook(question, past)
    this.#declared = [...new Set(question.declared.map(({ row }) => row))].sort((a, b) => a - b)
    this.#row = state?.row ?? 0
    if (state !== null) this.#book.restore(state)
    this.#refill()
  }

  get labels(): LabelTable {
    return this.#book.labels
  }

  /** A copy of where it stands, to be kept or gone on from. */
  state(): AccountSweepState {
    return this.#book.state(this.#row)
  }

  /** The pots of which something is traced, as they stand. */
  held(): Generator<Held> {
    return this.#book.accounts.held()
  }

  get arrivals(): readonly SweptArrival[] {
    return this.#book.arrivals
  }

  unknowns(): readonly PotUnknown[] {
    return this.#book.unknowns.all()
  }

  /** Figures by asset, with what is held now. */
  figures(): ReadonlyMap<string, AssetFigures> {
    const tally = new Tally(this.labels)
    tally.restore(this.#book.tally.saved())
    for (const { asset, lots } of this.held()) tally.count(asset, "held", lots)
    return tally.figures()
  }

  /** Sweeps the next run of blocks. */
  run(run: AccountRun): void {
    this.#sweep(run, step => this.#evaluate(step))
  }

  /** Sweeps the next block, told apart, and gives what takes it back. */
  runBlock(run: AccountRun): SweptBlock {
    const book = this.#book
    const [taken, made] = [new Map<number, readonly TheftPart[]>(), new Map<number, readonly TheftPart[]>()]
    const began = this.#row
    const watch = book.watch()
    book.told = {
      taken: ({ position }, debit, lots) =>
        note(taken, run.rowsOf(position).debits[debit], lots, book.labels),
      made: ({ step, credit, to, lots }) => {
        if (credit !== null && to !== null)
          note(made, run.rowsOf(step.position).credits[credit], lots, book.labels)
      },
    }
    try {
      this.#sweep(run, step => {
        for (const { pot } of step.debits) watch.before(pot)
        for (const { to } of step.credits) if (typeof to === "number") watch.before(to)
        this.#evaluate(step)
      })
    } finally {
      book.told = null
    }
    const back = watch.end()
    const takeBack = (): void => {
      back()
      // Pots that had left are there again, and may be in no slot any more.
      this.#refill()
      this.#row = began
    }
    return { taken, made, takeBack }
  }

  #evaluate(step: Step): void {
    this.#book.evaluate(step, pot => this.#filter.add(pot))
  }

  #sweep(run: AccountRun, evaluate: (step: Step) => void): void {
    if (run.rowFrom !== this.#row) throw new Error(`sweep: row ${run.rowFrom} does not follow ${this.#row}`)
    const apart = apartIn(run, this.#declared)
    let row = run.rowFrom
    for (const { first, isDeclared } of apart) {
      this.#pass(run, row, first, evaluate)
      const touches = isDeclared || this.#touches(run.stepAt(first))
      if (touches) evaluate(run.stepAt(first))
      row = first + 1
    }
    this.#pass(run, row, run.rowEnd, evaluate)
    this.#row = run.rowEnd
  }

  /** Rows that are neither declared nor an exchange's. */
  #pass(run: AccountRun, start: number, end: number, evaluate: (step: Step) => void): void {
    const { from, to, rowFrom } = run
    const { accounts } = this.#book
    if (this.#filter.isCrowded) this.#refill()
    const { slots, mask } = this.#filter
    for (let at = start - rowFrom; at < end - rowFrom; at++) {
      const [leaves, enters] = [from[at] as number, to[at] as number]
      if (slots[leaves & mask] === 0 && slots[enters & mask] === 0) continue
      if (accounts.has(leaves) || accounts.has(enters)) evaluate(run.stepAt(at + rowFrom))
    }
  }

  #refill(): void {
    const pots = [...this.#book.accounts.pots]
    this.#filter.refill(pots, pots.length)
  }

  #touches({ debits, credits }: Step): boolean {
    const isTraced = (pot: PotId | string): boolean => typeof pot === "number" && this.#book.accounts.has(pot)
    return debits.some(({ pot }) => isTraced(pot)) || credits.some(({ to }) => isTraced(to))
  }
}

/** Steps that are looked at whatever their first row touches, in order, each once. */
function apartIn(run: AccountRun, declared: readonly number[]): { first: number; isDeclared: boolean }[] {
  const { rowFrom, rowEnd, exchanges } = run
  const own = new Set<number>()
  for (let at = firstFrom(declared, rowFrom); at < declared.length; at++) {
    const row = declared[at] as number
    if (row >= rowEnd) break
    own.add(row)
  }
  const all = [...new Set([...own, ...exchanges])].sort((a, b) => a - b)
  return all.map(first => ({ first, isDeclared: own.has(first) }))
}

/** The place of the first number that is at least `least`, of ascending ones. */
function firstFrom(ascending: readonly number[], least: number): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ascending[middle] as number) < least) low = middle + 1
    else high = middle
  }
  return low
}

/** By theft; a lot that several thefts touched counts for each. */
function note(
  into: Map<number, readonly TheftPart[]>,
  row: number | undefined,
  lots: Lots,
  labels: LabelTable,
): void {
  if (row === undefined) throw new RangeError("sweep: a step has no such row")
  const sums = new Map<number, bigint>()
  for (const { label, amount } of lots) {
    if (label === UNTRACED) continue
    for (const theft of labels.theftsOf(label)) sums.set(theft, (sums.get(theft) ?? 0n) + amount)
  }
  if (sums.size === 0) return
  into.set(
    row,
    [...sums].sort(([a], [b]) => a - b).map(([theft, amount]) => ({ theft, amount })),
  )
}
