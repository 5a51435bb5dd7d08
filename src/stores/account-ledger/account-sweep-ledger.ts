import type { PotId, Step } from "../../ledger/step.ts"
import { isToOneself } from "../../tracing/account-dealing.ts"
import type { Findings, Unknown } from "../../tracing/question.ts"
import type { AccountPast, AccountRun, DeclaredRow, Standing } from "../../tracing/sweep/account-run.ts"
import type { AccountSweepState } from "../../tracing/sweep/account-state.ts"
import type { Columns } from "../columns/columns.ts"
import { AccountColumns } from "./account-columns.ts"
import { AccountHistory } from "./account-history.ts"
import { AccountRefs } from "./account-refs.ts"
import { AccountRuns } from "./account-runs.ts"
import { AccountSteps } from "./account-steps.ts"
import { firstAtLeast } from "./search.ts"

type Thefts = readonly { readonly id: string; readonly refs: readonly string[] }[]

/** A pot by the ledger's own ids, which stay as they are when columns are published anew; a pot's number does not. */
export interface PotKey {
  readonly account: number
  readonly asset: number
}

/** What a sweep is told of the thefts of a question. */
export interface DeclaredThefts {
  readonly declared: readonly DeclaredRow[]
  /** What each reference is worth; nothing where it is beyond the horizon or moves nothing. */
  readonly credits: Findings["credits"]
  readonly unknown: readonly Extract<Unknown, { ref: string }>[]
}

/** A run of whole blocks, and the height of its last one. */
export type LedgerRun = AccountRun & { readonly lastHeight: number }

/** The published columns of an account chain as a sweep wants them, up to a height. */
export class AccountSweepLedger implements AccountPast {
  /** Of records that are no chain's the hash stands for all rows so far. */
  readonly horizon: { readonly height: number; readonly hash: string } | null
  readonly #columns: AccountColumns
  readonly #history: AccountHistory
  readonly #steps: AccountSteps
  readonly #runs: AccountRuns
  /** Blocks up to the horizon. */
  readonly #blocks: number

  /** @param toHeight inclusive; null, and anything above the ledger's, is the ledger's own horizon */
  constructor(columns: Columns, toHeight: number | null) {
    this.#columns = new AccountColumns(columns)
    this.#steps = new AccountSteps(this.#columns)
    this.#history = new AccountHistory(this.#columns, this.#steps)
    const heights = this.#columns.column("block-height")
    this.#blocks = toHeight === null ? heights.count : this.#columns.blockFrom(toHeight + 1)
    this.#runs = new AccountRuns(this.#columns, this.#steps)
    const last = this.#blocks - 1
    this.horizon = last < 0 ? null : { height: heights.u32(last), hash: this.#columns.hashOf(last) }
  }

  /** Rows up to the horizon. */
  get rows(): number {
    return this.#columns.column("block-row").u32(this.#blocks)
  }

  /** Null where the ledger has no block at that height. */
  hashAt(height: number): string | null {
    const place = this.#columns.blockFrom(height)
    const heights = this.#columns.column("block-height")
    return place < heights.count && heights.u32(place) === height ? this.#columns.hashOf(place) : null
  }

  /** @throws Problem `ref-unknown`, `ref-ambiguous` */
  declared(thefts: Thefts): DeclaredThefts {
    const refs = new AccountRefs(this.#columns, this.#steps)
    const declared: DeclaredRow[] = []
    const credits: Findings["credits"][number][] = []
    const unknown: DeclaredThefts["unknown"][number][] = []
    for (const { theft, ref } of thefts.flatMap(({ refs: own }, at) =>
      own.map(one => ({ theft: at, ref: one })),
    )) {
      const found = refs.locate(ref, this.rows)
      if ("beyond" in found) {
        credits.push({ theft, ref, asset: found.beyond, amount: 0n })
        unknown.push({ what: "theft-beyond-horizon", theft, ref })
        continue
      }
      const { step, credit } = found
      const { asset, amount } = step.credits[credit] as (typeof step.credits)[number]
      const moves = !isToOneself(step)
      credits.push({ theft, ref, asset, amount: moves ? amount : 0n })
      if (moves) declared.push({ row: step.position, credit, theft })
      else unknown.push({ what: "theft-moves-nothing", theft, ref })
    }
    return { declared, credits, unknown }
  }

  /**
   * Runs of whole blocks of about so many rows, each read when it is asked for.
   *
   * @param after the height of the last block that is left out; null to begin with the first
   */
  *runs(after: number | null, mostRows: number): Generator<LedgerRun> {
    const [heights, firstRow] = [this.#columns.column("block-height"), this.#columns.column("block-row")]
    for (let start = after === null ? 0 : this.#columns.blockFrom(after + 1); start < this.#blocks; ) {
      const most = firstRow.u32(start) + mostRows
      // At least one block, however many rows it has.
      let end = start + 1
      while (end < this.#blocks && firstRow.u32(end + 1) <= most) end++
      const run = this.#runs.read(firstRow.u32(start), firstRow.u32(end))
      yield { ...run, lastHeight: heights.u32(end - 1) }
      start = end
    }
  }

  /** The run that is one block. @throws Error where the ledger has none at that height */
  block(height: number): LedgerRun {
    if (this.hashAt(height) === null) throw new Error(`account ledger: no block at ${height}`)
    const place = this.#columns.blockFrom(height)
    const firstRow = this.#columns.column("block-row")
    return { ...this.#runs.read(firstRow.u32(place), firstRow.u32(place + 1)), lastHeight: height }
  }

  standing(pot: PotId, row: number): Standing {
    const { from } = this.#history.movementsFrom(pot, row)
    return this.#history.standingBefore(pot, from)
  }

  keyOf(pot: PotId): PotKey {
    return {
      account: this.#columns.column("pot-account").u32(pot),
      asset: this.#columns.column("pot-asset").u32(pot),
    }
  }

  /** Null where nothing of the asset has ever moved on the account. */
  potOf({ account, asset }: PotKey): PotId | null {
    const [accounts, assets] = [this.#columns.column("pot-account"), this.#columns.column("pot-asset")]
    const from = firstAtLeast(accounts, account, 0, accounts.count)
    const end = firstAtLeast(accounts, account + 1, from, accounts.count)
    const pot = firstAtLeast(assets, asset, from, end)
    return pot < end && assets.u32(pot) === asset ? pot : null
  }

  /**
   * Whether all pots that traced value has entered had before the records begin what a sweep took them to have had.
   * Opening balances are told by all records: where blocks were added or taken back they may be others.
   */
  openingsHold({ openings }: AccountSweepState): boolean {
    return openings.every(([pot, opening]) => this.#history.openingOf(pot) === opening)
  }

  accountName(pot: PotId): string {
    return this.#columns.accountName(pot)
  }

  assetName(pot: PotId): string {
    return this.#columns.assetName(pot)
  }

  stepAt(row: number): Step {
    return this.#steps.stepAt(row)
  }
}
