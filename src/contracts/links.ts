/**
 * `ashiato/links/1`, the answer of `ashiato links --json`: what a ledger shows between thefts. The schema beside this
 * file is the published contract. Amounts are decimal strings of smallest units. There is no score, and no name.
 */
import type { MeasuredHeuristic } from "../clustering/measured-rates.ts"
import type { Grade } from "../ledger/grade.ts"
import type { LinkKind, LinkRole, NothingReason, NotLooked, Pitfall } from "../ledger/link-words.ts"
import type { ConservingRule } from "../ledger/vocabulary.ts"
import type { Time } from "../units/time.ts"
import type { ClusterRate } from "./cluster.ts"
import type { TraceDocument } from "./trace.ts"

export const LINKS_SCHEMA = "ashiato/links/1"

export interface LinkTransaction {
  readonly role: LinkRole
  readonly tx: string | null
  readonly height: number | null
  readonly time: Time
  /** Whose traced value it moves; both thefts' where it moves value of both. */
  readonly thefts: readonly string[]
}

export interface LinkAmount {
  readonly theft: string
  readonly asset: string
  readonly amount: string
}

export interface LinkFinding {
  readonly kind: LinkKind
  /** The address at which the thefts meet, or which funds; null where there is no one address. */
  readonly place: string | null
  /** Further addresses at which they meet in the same transaction. */
  readonly alsoAt?: readonly string[]
  readonly service: string | null
  readonly transactions: readonly LinkTransaction[]
  readonly transactionsLeftOut: number
  readonly amounts: readonly LinkAmount[]
  /** Transactions from a theft to here, at most; null where nothing traced is moved. */
  readonly hops: number | null
  readonly grade: Grade
  readonly pitfalls: readonly { readonly code: Pitfall; readonly text: string }[]
  /** What it rests on that was measured: `rates` have how often each was right. Left out where it rests on nothing such. */
  readonly heuristics?: readonly MeasuredHeuristic[]
  /** gas-funding: accounts that the funder ever paid in the chain's own coin. */
  readonly funded?: number
  /** timing: transactions by hour of the day, UTC, from 0 to 23. */
  readonly hours?: readonly { readonly theft: string; readonly byHour: readonly number[] }[]
  /** timing: seconds between the two transactions, one of each theft, that are nearest in time. */
  readonly nearestSeconds?: number
  /** chain-order: whether each theft's value moved while the other's still did. */
  readonly interleaved?: boolean
}

export interface LinkNothing {
  readonly reason: NothingReason
  readonly text: string
  readonly place: string | null
  readonly service: string | null
  readonly transactions: readonly LinkTransaction[]
  readonly transactionsLeftOut: number
  readonly amounts: readonly LinkAmount[]
  /** By what it was read that way, as of a finding. */
  readonly heuristics?: readonly MeasuredHeuristic[]
}

export interface LinkPair {
  readonly thefts: readonly [string, string]
  /** Value that both thefts took: the same coins, which link nothing and are left out of all findings. */
  readonly sameCoins: readonly { readonly asset: string; readonly amount: string }[]
  readonly findings: readonly LinkFinding[]
  readonly findingsLeftOut: number
  readonly countsNothing: readonly LinkNothing[]
  readonly countsNothingLeftOut: number
}

export interface LinksDocument {
  readonly schema: typeof LINKS_SCHEMA
  readonly chain: string | null
  readonly rule: ConservingRule
  readonly horizon: TraceDocument["horizon"]
  readonly labels?: TraceDocument["labels"]
  readonly complete: boolean
  readonly gaps: TraceDocument["gaps"]
  readonly assets: readonly { readonly asset: string; readonly unit: string; readonly decimals: number }[]
  readonly thefts: readonly {
    readonly id: string
    readonly refs: readonly string[]
    readonly amounts: readonly { readonly asset: string; readonly amount: string }[]
  }[]
  readonly pairs: readonly LinkPair[]
  readonly notLooked: readonly NotLooked[]
  /** Traced movements beyond those that are looked at. */
  readonly movesLeftOut: number
  /** Measured error rates of what the findings rest on, and of the patterns by which following stopped. */
  readonly rates: readonly ClusterRate[]
}
