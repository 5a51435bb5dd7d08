/**
 * `ashiato/cluster/1`, the answer of `ashiato cluster --json`. The schema beside this file is the published contract;
 * these are its types. Amounts are decimal strings of smallest units.
 */
import type { ChangeHeuristic } from "../clustering/change.ts"
import type { CoinjoinPattern } from "../clustering/coinjoin-finding.ts"
import type { Time } from "../units/time.ts"

export const CLUSTER_SCHEMA = "ashiato/cluster/1"

/** As many as were asked for (`--most`), and how many there are. */
export interface Some<T> {
  readonly count: number
  readonly shown: readonly T[]
}

/** One step of a path: both addresses put inputs into the transaction. */
export interface ClusterLink {
  readonly from: string
  readonly txid: string
  readonly to: string
}

/** What a list says of an address. */
export interface ClusterLabel {
  readonly address: string
  readonly network: string
  readonly label: string
  readonly actor: string | null
  readonly category: string | null
  readonly abuse: string | null
  readonly confidence: string | null
  readonly definesCluster: boolean | null
  readonly list: string
  readonly source: string | null
  readonly seen: string
  /** Whether it counts as a sanction: see docs/screening.md. */
  readonly sanction: boolean
}

/** A label of another member, and the transactions between the address and that member. */
export interface MemberLabel extends ClusterLabel {
  readonly path: readonly ClusterLink[]
}

/** One that is carried over to the address, of which nobody says it. */
export interface ReachedLabel extends MemberLabel {
  readonly grade: "inferred"
}

/** A transaction that looks like several owners' and joined none. */
export interface LeftOut {
  readonly txid: string
  readonly pattern: CoinjoinPattern
  /** The values that outputs share, the most shared first. */
  readonly values: readonly string[]
  readonly anonymitySet: number
  readonly cannotRuleOut: readonly string[]
}

/** A transaction that joined members and has an input that it did not need, as a payjoin has. */
export interface PayjoinWarning {
  readonly txid: string
  readonly changeIsSmaller: boolean
  readonly cannotRuleOut: readonly string[]
}

/** What may be change in one transaction. Shown, never merged. */
export interface ChangeCandidate {
  readonly txid: string
  /** The output that two heuristics or more name and none contradicts; null for none. */
  readonly agreed: string | null
  readonly votes: readonly {
    readonly heuristic: ChangeHeuristic
    readonly output: string
    readonly address: string | null
    readonly cannotRuleOut: readonly string[]
  }[]
}

/** A transaction that would have joined two large clusters, or two of different actors, and was held back. */
export interface HeldBack {
  readonly txid: string
  readonly reason: "both-large" | "different-actors"
  readonly addresses: readonly [string, string]
  readonly sizes: readonly [number, number]
  readonly actors: readonly [string | null, string | null]
}

/** An address that only ever passed on to one labelled service what it was sent. */
export interface DepositSaid {
  readonly service: string
  readonly grade: "inferred"
  /** The transactions that passed it on. */
  readonly sweeps: Some<string>
  /** On account chains, what it passed on: of other assets nothing is said. */
  readonly assets?: readonly string[]
  /** Fewer than two: a single payment to a service looks the same. */
  readonly isWeak: boolean
  readonly cannotRuleOut: readonly string[]
}

/** What one address that was asked about turned out to be in. */
export interface ClusterSubject {
  readonly address: string
  /** Null on account chains, where nobody spends together. */
  readonly cluster: CoSpendCluster | null
  readonly deposit: DepositSaid | null
  /** Why a deposit address could not be recognised; null where it was looked for. */
  readonly depositUnknown: "no-labels" | "too-many-moves" | null
  readonly labels: {
    /** Of the address itself. */
    readonly own: Some<ClusterLabel>
    readonly reached: Some<ReachedLabel>
    /** Of other members, and not carried: their list says so, or actors disagree, or the cluster was cut. */
    readonly notCarried: Some<MemberLabel>
    /** The different actors named. More than one: they disagree, and no label is carried. */
    readonly actors: readonly string[]
  }
}

export interface CoSpendCluster {
  readonly members: Some<string>
  /** Which limit was met, so that there may be more members; null for none. */
  readonly cut: "owners" | "transactions" | "outputs" | null
  readonly merges: Some<ClusterLink>
  readonly leftOut: Some<LeftOut>
  readonly payjoins: Some<PayjoinWarning>
  readonly changes: Some<ChangeCandidate>
  readonly heldBack: Some<HeldBack>
  readonly cannotRuleOut: readonly string[]
}

export interface ClusterAnswer {
  readonly ref: string
  readonly kind: "address" | "output" | "transaction"
  /**
   * One for each cluster that the reference leads to: several for a transaction of several owners. `count` is of those
   * shown and of the owners whose clusters were not looked up.
   */
  readonly subjects: Some<ClusterSubject>
}

/** A share: `right` of `of`; Wilson's 95 % interval beside it, null where trials are pairs of one cluster, or a list. */
export interface RateSaid {
  readonly right: number
  readonly of: number
  readonly interval: readonly [number, number] | null
}

/** How often a heuristic was right on staged chains, whose truth is known: docs/clustering-error-rates.md. */
export interface ClusterRate {
  readonly heuristic: string
  readonly counted: "transaction" | "pair" | "output" | "address" | "symbol"
  /** Of what it said, how much is so. */
  readonly precision: RateSaid | null
  /** Of what is so, how much it said. */
  readonly recall: RateSaid | null
  readonly worlds: string
  /** The first and the last; null where all there is was counted. */
  readonly seeds: readonly [number, number] | null
}

export interface ClusterDocument {
  readonly schema: typeof CLUSTER_SCHEMA
  readonly chain: string | null
  readonly family: "utxo" | "account"
  readonly horizon: { readonly height: number | null; readonly hash: string | null; readonly time: Time }
  /** Null where no labels are loaded. */
  readonly labels: { readonly asOf: string; readonly count: number } | null
  readonly answers: readonly ClusterAnswer[]
  /** Of each heuristic that the answers rest on. */
  readonly rates: readonly ClusterRate[]
}
