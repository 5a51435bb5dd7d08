import type { Asset } from "../../ledger/asset.ts"
import type { PotId, Step } from "../../ledger/step.ts"
import type { Notice, Source } from "../../ports/source.ts"
import type { AccountAnswer, Answer, MovementsAnswer, Need } from "../../tracing/need.ts"
import { type Columns, openColumns } from "../columns/columns.ts"
import { AccountColumns } from "./account-columns.ts"
import { AccountHistory } from "./account-history.ts"
import { AccountRefs } from "./account-refs.ts"
import { AccountSteps } from "./account-steps.ts"
import { firstAtLeast } from "./search.ts"

/**
 * Movements told at a time: few at first, since traced value often passes a busy account in a step or two and comes
 * again later, and more where it stays.
 */
const FIRST_PAGE = 4
const PAGE = 256

export interface AccountLedgerOptions {
  readonly toHeight: number | null
  readonly assetOf: (name: string) => Asset
}

/**
 * A source over the published columns of an account chain, and nothing else: it never waits for who writes the
 * ledger, and holds what was asked for, not what there is. It answers what `AccountRecords` would of the same rows.
 *
 * @param ledger a ledger's folder, or its columns, which are closed with the source either way
 * @throws Problem `ledger-missing`, `ledger-not-published`, `ledger-damaged`, `ledger-other-version`
 */
export function openAccountLedgerSource(
  ledger: string | Columns,
  options: AccountLedgerOptions,
): AccountLedgerSource {
  const columns = typeof ledger === "string" ? openColumns(ledger) : ledger
  try {
    return new AccountLedgerSource(columns, options)
  } catch (error) {
    columns.close()
    throw error
  }
}

export class AccountLedgerSource implements Source {
  readonly shape = "account"
  readonly horizon: Source["horizon"]
  readonly notices: readonly Notice[]
  readonly #files: Columns
  readonly #columns: AccountColumns
  readonly #steps: AccountSteps
  readonly #history: AccountHistory
  readonly #refs: AccountRefs
  readonly #assetOf: (name: string) => Asset
  /** Rows from here on are beyond the horizon. */
  readonly #end: number

  constructor(files: Columns, { toHeight, assetOf }: AccountLedgerOptions) {
    this.#files = files
    this.#columns = new AccountColumns(files)
    this.#steps = new AccountSteps(this.#columns)
    this.#history = new AccountHistory(this.#columns, this.#steps)
    this.#refs = new AccountRefs(this.#columns, this.#steps)
    this.#assetOf = assetOf
    const tip = files.manifest.horizon.height
    const height = toHeight === null || tip === null ? tip : Math.min(toHeight, tip)
    const block = height === null ? null : this.#columns.block(height)
    this.#end = block?.end ?? 0
    this.horizon = {
      height: height ?? toHeight,
      hash: block?.hash ?? null,
      time: block?.time ?? null,
    }
    this.notices = [...this.#storedNotices(), ...this.#clockNotice()]
  }

  /** Nothing can be asked any more. */
  close(): void {
    this.#files.close()
  }

  potName(pot: PotId): string {
    return `${this.#columns.accountName(pot)}/${this.#columns.assetName(pot)}`
  }

  assetOf(name: string): Asset {
    return this.#assetOf(name)
  }

  answer(needs: readonly Need[]): readonly Answer[] {
    return needs.map(need => {
      switch (need.what) {
        case "theft":
          return { what: "theft", found: this.#refs.locate(need.ref, this.#end) }
        case "account":
          return this.#account(need.pot, need.at)
        case "movements":
          return { what: "movements", ...this.#page(need.pot, need.after + 1, PAGE) }
        default:
          throw new Error(`account ledger: expected a need of an account chain, got "${need.what}"`)
      }
    })
  }

  #account(pot: PotId, at: number): AccountAnswer {
    const { from } = this.#history.movementsFrom(pot, at)
    const standing = this.#history.standingBefore(pot, from)
    return { what: "account", ...standing, ...this.#page(pot, at + 1, FIRST_PAGE) }
  }

  #page(pot: PotId, fromRow: number, most: number): Omit<MovementsAnswer, "what"> {
    const { from, end } = this.#history.movementsFrom(pot, fromRow)
    const steps: Step[] = []
    let at = from
    for (; at < end && steps.length < most; at++) {
      const row = this.#history.rowOf(at)
      if (row >= this.#end) return { steps, more: false }
      steps.push(this.#steps.stepAt(row))
    }
    return { steps, more: at < end && this.#history.rowOf(at) < this.#end }
  }

  #storedNotices(): Notice[] {
    const notices: Notice[] = []
    for (const { height, json } of this.#columns.notices()) {
      if (height > (this.horizon.height ?? -1)) break
      notices.push(JSON.parse(json))
    }
    return notices
  }

  #clockNotice(): Notice[] {
    const rows = this.#columns.column("clock-row")
    const count = firstAtLeast(rows, this.#end, 0, rows.count)
    if (count === 0) return []
    const { height } = this.#columns.tx(this.#columns.row(rows.u32(0)).tx)
    return [{ code: "clock-backwards", asset: null, detail: { at: `${height}`, count: `${count}` } }]
  }
}
