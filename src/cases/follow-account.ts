import type { RuleName } from "../ledger/vocabulary.ts"
import type { TracedPart } from "../ports/block-moves.ts"
import { AccountBalances } from "../stores/account-ledger/account-balances.ts"
import { AccountColumns } from "../stores/account-ledger/account-columns.ts"
import { AccountSweepLedger } from "../stores/account-ledger/account-sweep-ledger.ts"
import { type Columns, openColumns } from "../stores/columns/columns.ts"
import {
  loadAccountSweep,
  type SavedAccountSweep,
  saveAccountSweep,
} from "../stores/sweeps/account-sweep-file.ts"
import { StateTrail } from "../stores/sweeps/state-trail.ts"
import type { AccountSweepState } from "../tracing/sweep/account-state.ts"
import { AccountSweep, type TheftPart } from "../tracing/sweep/account-sweep.ts"
import { accountMoves, type RowLots, transactionsIn } from "./follow-account-moves.ts"
import { knownSoFar } from "./follow-known.ts"
import type { BlockAt, FollowedChain, FollowedLedger, ToldBlock } from "./follow-ledger.ts"
import type { FollowedThefts } from "./follow-question.ts"
import { FollowedRule, type Sweeping } from "./follow-rule.ts"

/** Of NEM. */
const FIRST_BLOCK = 1
/** Far behind, blocks are swept in runs of about so many rows. */
const RUN_ROWS = 1 << 20

type AccountRule = FollowedRule<AccountSweepState, AccountSweep>

/** A ledger of an account chain that is followed. */
export class FollowedAccounts implements FollowedChain {
  readonly #order: FollowedThefts
  readonly #rules: readonly AccountRule[]

  constructor(order: FollowedThefts) {
    this.#order = order
    this.#rules = order.thefts.length === 0 ? [] : order.rules.map(rule => new FollowedRule(rule))
  }

  open(): FollowedLedger {
    const columns = openColumns(this.#order.folder)
    try {
      return new AccountRound(columns, this.#order, this.#rules)
    } catch (error) {
      columns.close()
      throw error
    }
  }
}

class AccountRound implements FollowedLedger {
  readonly unknown: FollowedLedger["unknown"]
  readonly #files: Columns
  readonly #order: FollowedThefts
  readonly #rules: readonly AccountRule[]
  readonly #columns: AccountColumns
  readonly #all: AccountSweepLedger
  readonly #declared: ReturnType<AccountSweepLedger["declared"]>["declared"]

  constructor(files: Columns, order: FollowedThefts, rules: readonly AccountRule[]) {
    this.#files = files
    this.#order = order
    this.#rules = rules
    this.#columns = new AccountColumns(files)
    const all = new AccountSweepLedger(files, null)
    this.#all = all
    const { known, unknown } = knownSoFar(order.thefts, theft =>
      all.declared([theft]).unknown.every(({ what }) => what !== "theft-beyond-horizon"),
    )
    this.#declared = all.declared(known).declared
    this.unknown = unknown
  }

  get horizon(): BlockAt | null {
    return this.#all.horizon
  }

  hashAt(height: number): string | null {
    return height < 0 ? null : this.#all.hashAt(height)
  }

  bringTo(told: BlockAt): void {
    for (const rule of this.#rules) rule.bringTo(told, this.#sweeping(rule.rule))
  }

  #sweeping(rule: RuleName): Sweeping<AccountSweepState, AccountSweep> {
    const { fees, services, own } = this.#order
    const all = this.#all
    const serviceOf = (address: string): string | null => services.get(address) ?? null
    const question = { rule, fees, declared: this.#declared, serviceOf }
    return {
      // Pots have other numbers whenever columns are published: a state is kept, and read, by account and asset.
      trail: new StateTrail<SavedAccountSweep>(own, rule, {
        load: file => loadAccountSweep(file, all),
        save: (file, saved) => saveAccountSweep(file, saved, all),
      }),
      hashAt: height => this.hashAt(height),
      holds: state => all.openingsHold(state),
      sweep: (after, height) => {
        const sweep = new AccountSweep(question, all, after?.state ?? null)
        const upTo = new AccountSweepLedger(this.#files, height)
        for (const run of upTo.runs(after?.height ?? null, RUN_ROWS)) sweep.run(run)
        return sweep.state()
      },
      open: state => new AccountSweep(question, all, state),
      carry: () => null,
      stateOf: sweep => sweep.state(),
    }
  }

  step(block: BlockAt, tellAll: boolean): ToldBlock {
    const { height } = block
    const run = this.#all.block(height)
    const lots = this.#rules.map(one =>
      one.step(block, sweep => {
        const { taken, made } = sweep.runBlock(run)
        return { taken: this.#named(taken, one.rule), made: this.#named(made, one.rule) } satisfies RowLots
      }),
    )
    const rows = { from: run.rowFrom, end: run.rowEnd }
    const time = this.#columns.block(height)?.time ?? null
    return {
      ...block,
      time: typeof time === "string" ? time : null,
      transactions: transactionsIn(this.#columns, rows),
      ...accountMoves(this.#columns, rows, lots, tellAll),
    }
  }

  #named(
    parts: ReadonlyMap<number, readonly TheftPart[]>,
    rule: RuleName,
  ): ReadonlyMap<number, readonly TracedPart[]> {
    const idOf = (theft: number): string => this.#order.thefts[theft]?.id ?? ""
    return new Map(
      [...parts].map(([row, own]) => [
        row,
        own.map(({ theft, amount }) => ({ theft: idOf(theft), rule, amount })),
      ]),
    )
  }

  keep(): void {
    for (const rule of this.#rules) rule.keep(this.#sweeping(rule.rule))
  }

  balanceAt(addresses: readonly string[], asset: string, height: number): bigint | null {
    // What was there before the records begin is on none of them.
    if (this.hashAt(FIRST_BLOCK) === null) return null
    const balances = new AccountBalances(this.#columns)
    let sum = 0n
    for (const address of addresses) {
      const own = balances.after(address, asset, height)
      if (own === null) return null
      sum += own
    }
    return sum
  }

  close(): void {
    this.#files.close()
  }
}
