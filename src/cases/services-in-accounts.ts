import { depositAccountOf } from "../clustering/deposit-account.ts"
import { depositRuleOn } from "./deposit-rule.ts"
import type { LedgerAccounts } from "./records.ts"
import type { KnownService } from "./services-known.ts"
import { knownByPattern } from "./services-pattern.ts"
import type { Anchor, AnchorAt, Recogniser } from "./services-recogniser.ts"

/** What recognising asks of a ledger. */
type DepositLedger = Omit<LedgerAccounts, "transfersOf">

/** An account with more moves is no customer's; and so many are looked at for one trace. */
const MOST_MOVES = { each: 50_000, all: 4_000_000 }

/**
 * Recognises, in a ledger of an account chain, accounts that pass everything on to one labelled service, twice or more,
 * for the assets that they passed on. Nobody spends together there: there are no clusters to look at.
 */
export class AccountRecogniser implements Recogniser {
  readonly #accounts: DepositLedger
  readonly #chain: string | null
  readonly #tip: number
  #moves = 0
  #passedOver = 0

  /** @param tip the height up to which the ledger is read */
  constructor(accounts: DepositLedger, chain: string | null, tip: number) {
    this.#accounts = accounts
    this.#chain = chain
    this.#tip = tip
  }

  get passedOver(): number {
    return this.#passedOver
  }

  recognise(account: string, anchorAt: AnchorAt): KnownService | null {
    if (!this.#accounts.has(account)) return null
    const moves = this.#accounts.stepCount(account)
    if (moves > MOST_MOVES.each || this.#moves + moves > MOST_MOVES.all) {
      this.#passedOver++
      return null
    }
    this.#moves += moves
    const met = new Map<string, Anchor | null>()
    const serviceOf = (other: string): string | null => {
      const anchor = met.get(other) ?? anchorAt(other)
      met.set(other, anchor)
      return anchor?.service ?? null
    }
    const rule = depositRuleOn(this.#chain, this.#tip, MOST_MOVES.each)
    const found = depositAccountOf(this.#accounts, account, serviceOf, rule)
    if (found === null || found.isWeak) return null
    const via = [...met].find(([, anchor]) => anchor?.service === found.service)
    if (via === undefined || via[1] === null) return null
    const txids = [...new Set(found.sweeps.map(position => this.#accounts.txidAt(position)))]
    const known = knownByPattern("deposit-address", via[0], via[1], txids, found.doubts)
    return { ...known, assets: found.assets }
  }
}
