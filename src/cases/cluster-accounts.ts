import { depositAccountOf } from "../clustering/deposit-account.ts"
import type { ClusterSubject, DepositSaid } from "../contracts/cluster.ts"
import type { ClusterBook } from "./cluster-of.ts"
import { clusterLabel, some, someLabels } from "./cluster-some.ts"
import { depositRuleOn } from "./deposit-rule.ts"
import type { LedgerAccounts } from "./records.ts"
import { labelsOn, serviceByLabels } from "./services-labelled.ts"

/** An account with more is no customer's. */
const MOST_MOVES = 100_000

/** What is known of an account: nobody spends together on its chain, so there is no cluster. */
export function toldOfAccount(
  accounts: LedgerAccounts,
  account: string,
  book: ClusterBook | null,
  tip: number,
  most: number,
): ClusterSubject {
  const own = book === null ? [] : labelsOn(book.book, account, book.chain)
  const isBusy = accounts.stepCount(account) > MOST_MOVES
  const actors = [...new Set(own.flatMap(({ actor }) => (actor === null ? [] : [actor])))]
  const none = { count: 0, shown: [] }
  return {
    address: account,
    cluster: null,
    deposit: book === null || isBusy ? null : depositAt(accounts, account, book, tip, most),
    depositUnknown: book === null ? "no-labels" : isBusy ? "too-many-moves" : null,
    labels: { own: someLabels(own, most, one => one, clusterLabel), reached: none, notCarried: none, actors },
  }
}

function depositAt(
  accounts: LedgerAccounts,
  account: string,
  { book, chain }: ClusterBook,
  tip: number,
  most: number,
): DepositSaid | null {
  const known = new Map<string, string | null>()
  const serviceOf = (other: string): string | null => {
    const before = known.get(other)
    if (before !== undefined) return before
    const service = serviceByLabels(book, other, chain)?.service ?? null
    known.set(other, service)
    return service
  }
  const rule = depositRuleOn(chain, tip, MOST_MOVES)
  const found = depositAccountOf(accounts, account, serviceOf, rule)
  if (found === null) return null
  const { service, sweeps, assets, isWeak, doubts } = found
  const txids = [...new Set(sweeps.map(position => accounts.txidAt(position)))]
  return {
    service,
    grade: "inferred",
    sweeps: some(txids, most, txid => txid),
    assets,
    isWeak,
    cannotRuleOut: doubts,
  }
}
