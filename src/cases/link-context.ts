import type { AccountGraph } from "../clustering/account-graph.ts"
import type { OwnerGraph } from "../clustering/owner-graph.ts"
import type { Source } from "../ports/source.ts"
import type { Findings } from "../tracing/question.ts"
import type { Worth } from "./link-pairs.ts"
import type { ServiceBook } from "./services-book.ts"

/** What moved on accounts, and the transaction of each move; null where its record has no id. */
export interface LinkAccounts extends AccountGraph {
  txidAt(position: number): string | null
  /** How many steps move something on an account: `movesOf` may hold a number for each. */
  stepCount(account: string): number
}

/** What links are looked for in. */
export interface LinkContext {
  readonly source: Source
  readonly book: ServiceBook
  /** Null where none is named. */
  readonly chain: string | null
  /** A UTXO chain's; null on others. */
  readonly owners: OwnerGraph | null
  /** An account chain's; null on others, and where records do not tell. */
  readonly accounts: LinkAccounts | null
  /** In which fees are paid; null where no chain is named. */
  readonly native: string | null
  readonly findings: Findings
}

/** Less than a thousandth of what the theft took of the asset: so little is sent to anybody, to tie him in. */
const DUST_SHARE = 1_000n

/** Whether all that is there of a theft is dust. What it took of an asset counts what it got by exchanges. */
export function isDust(worths: readonly Worth[], theft: number, { figures }: Findings): boolean {
  return worths.every(({ theft: own, asset, amount }) => {
    if (own !== theft) return true
    const figure = figures.get(asset)?.byTheft.get(theft)
    const took = (figure?.declared ?? 0n) + (figure?.exchangedIn ?? 0n)
    return amount * DUST_SHARE < took
  })
}

/** Without labels and stated services nobody can say that an address is not a service's. */
export const labelPitfall = (book: ServiceBook): readonly "no-labels"[] =>
  book.labels === null ? ["no-labels"] : []
