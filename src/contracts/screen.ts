/**
 * `ashiato/screen/1`, the answer of `ashiato screen --json`. The schema beside this file is the published contract;
 * these are its types. Amounts are decimal strings of smallest units.
 */
import type { MeasuredHeuristic } from "../clustering/measured-rates.ts"
import type { Grade } from "../ledger/grade.ts"
import type { RefKind, UnknownCode } from "../ledger/screen-words.ts"
import type { RuleName } from "../ledger/vocabulary.ts"
import type { Time } from "../units/time.ts"
import type { ClusterRate, DepositSaid } from "./cluster.ts"
import type { PolicyNeverMatch, PolicyVerdict } from "./policy.ts"
import type { StoppedBy } from "./trace.ts"

export const SCREEN_SCHEMA = "ashiato/screen/1"

export type AmountText = string

/** What a list says of an address; how sure it is, is the list's own word. */
export interface LabelItem {
  readonly address: string
  readonly network: string
  readonly checked: boolean
  readonly label: string
  readonly actor: string | null
  readonly category: string | null
  readonly abuse: string | null
  readonly confidence: string | null
  readonly source: string | null
  readonly licence: string | null
  readonly note: string | null
  readonly list: string
  readonly creator: string | null
  readonly seen: string
  readonly seenFrom: "list" | "user" | "import"
  readonly withdrawn: string | null
  /** Whether it counts as a sanction: see docs/screening.md. */
  readonly sanction: boolean
}

export interface SourceItem {
  readonly title: string
  readonly url: string | null
}

/** What a bundled case calls an address. */
export interface NamedItem {
  readonly case: string
  readonly address: string
  readonly role: string
  readonly name: { readonly en: string; readonly ja: string }
  readonly grade: Grade
  readonly sources: readonly SourceItem[]
}

/** Where traced value was found: a bundled case, or the ledger with the user's thefts. */
export interface TracedIn {
  readonly kind: "case" | "ledger"
  readonly name: string
  readonly asOf: { readonly height: number | null; readonly hash: string | null; readonly time: Time }
}

/** A service at which following stopped, and what says that it is one; docs/services.md has the kinds. */
export interface StoppedAt {
  readonly service: string
  /** Null where only a name is known. */
  readonly by: StoppedBy["kind"] | null
  /** The first label that says so, and its list; of a pattern it is the label of `via`. Of a file or a case, its name. */
  readonly label: string | null
  readonly list: string | null
  /** The labelled address that a pattern leads to. */
  readonly via: string | null
}

/** One rule's word on what came here of one theft. */
export interface TracedByRule {
  /** Traced value that came in, over all credits. */
  readonly received: AmountText
  /** What those credits were worth in all: `received` of `carried` is the share. */
  readonly carried: AmountText
  /** What of `received` arrived at a service, where following stopped: what is held of it now is not known. */
  readonly arrived: AmountText
  /**
   * Traced value here at the horizon, of what was followed; null where that is not asked of the place (one row of an
   * account), and where nothing was followed further because all of it arrived at services or was a fee.
   */
  readonly held: AmountText | null
  readonly credits: number
  readonly hops: number
}

export interface Range {
  readonly least: AmountText
  readonly most: AmountText
}

export interface PathStep {
  readonly tx: string | null
  readonly height: number | null
  readonly time: Time
  readonly pot: string | null
  readonly address: string | null
  readonly amount: AmountText
  readonly traced: AmountText
  readonly grade: Grade
}

/** What came here of one theft in one asset. A rule that is not named found nothing. */
export interface TracedItem {
  readonly in: TracedIn
  readonly theft: string
  readonly asset: string
  readonly unit: string
  readonly decimals: number
  readonly rulesAsked: readonly RuleName[]
  readonly rules: Readonly<Partial<Record<RuleName, TracedByRule>>>
  /** Over the conserving rules that were asked; null where fewer than two were. */
  readonly range: { readonly received: Range; readonly arrived: Range; readonly held: Range | null } | null
  /** Where following stopped, each service and reason once: the first eight, and how many more there are. */
  readonly stops: readonly StoppedAt[]
  readonly stopsLeftOut: number
  /** The fewest hops under any conserving rule (poison where it is alone), and a path of as many, under that rule. */
  readonly hops: number
  readonly pathRule: RuleName
  readonly path: readonly PathStep[]
  readonly pathLeftOut: number
  readonly grade: Grade
}

/** An address, token or transaction that imitates another. Nothing traced reached it. */
export interface LookAlikeItem {
  /** `recorded`: a case's record says so; `resembles`: first and last characters are the same. */
  readonly found: "recorded" | "resembles"
  readonly what: "address" | "token" | "transaction"
  /** What imitates: the reference itself, or one of its owners. */
  readonly of: string
  /** The address or the asset that it imitates; null where that is not known. */
  readonly imitates: string | null
  /** Where the imitated one is known from: a case, or a list of labels. */
  readonly knownFrom: string
  readonly head: number | null
  readonly tail: number | null
  /**
   * An honest address of this form falls as alike to one of those known in at most one of so many: what chance alone may
   * explain. Known are the labels of the book, or the case's own addresses. Null where a record says it.
   */
  readonly oneIn: string | null
  readonly symbol: string | null
  readonly grade: Grade
  readonly sources: readonly SourceItem[]
  /** Whether nothing traced reached it, in what was looked at. */
  readonly carriesNothing: boolean
}

/** A label of another member, and the transactions between the two. */
export interface ReachedLabel extends LabelItem {
  readonly via: readonly string[]
}

/** A transaction in which members spend together with others, which the guard does not take for one owner's. */
export interface HeldBack {
  readonly txid: string
  readonly reason: "both-large" | "different-actors"
  /** Who of those who spend in it is in the cluster, and who is not: the first hundred of each. */
  readonly members: readonly string[]
  readonly others: readonly string[]
  /** Labels of any of the others: nothing of them is carried over. */
  readonly labels: readonly LabelItem[]
}

/** What an owner's cluster has. All of it is inferred: nobody says it of the owner itself. */
export interface ClusterItem {
  readonly representative: string
  readonly addresses: number
  readonly labels: readonly ReachedLabel[]
  /** Labels of other members that are not carried over: their lists say that they hold for their address alone. */
  readonly notCarried: readonly ReachedLabel[]
  /** Labels of other members that their lists have withdrawn. */
  readonly withdrawn: readonly ReachedLabel[]
  /** Transactions that joined nobody, because the guard suspects a false merge: the first hundred, labelled ones first. */
  readonly heldBack: readonly HeldBack[]
  readonly heldBackLeftOut: number
  readonly traced: readonly TracedItem[]
  readonly grade: "inferred"
  /** Other readings of the same record. */
  readonly cannotRuleOut: readonly string[]
  /** What it rests on: the document's `rates` have how often each was right where the truth is known. */
  readonly heuristics: readonly MeasuredHeuristic[]
}

/** A cluster of some of those who spent or received in a transaction. */
export interface OwnersCluster extends ClusterItem {
  readonly spent: readonly string[]
  readonly received: readonly string[]
}

/**
 * Who spent and who received in a transaction, or in a transfer of an account chain. Whose an output is, received it,
 * and whoever spent in its transaction paid it.
 * Each stands once on each side.
 */
export interface OwnersItem {
  readonly spent: readonly string[]
  readonly received: readonly string[]
  /** How many more there are on each side: the first 1,000 of each are looked up. */
  readonly leftOut: { readonly spent: number; readonly received: number }
}

/** A direct payer of an address that has labels: one step before it. */
export interface PayerItem {
  readonly address: string
  readonly transactions: number
  /** At most what it paid: of a transaction with several spenders the whole counts for each. */
  readonly amounts: readonly {
    readonly asset: string
    readonly unit: string
    readonly decimals: number
    readonly atMost: AmountText
  }[]
  /** Sanctions first. */
  readonly labels: readonly LabelItem[]
  readonly withdrawn: readonly LabelItem[]
}

/** Who directly paid an address, in the ledger. None of it is said of the address itself: anybody may pay anybody. */
export interface PaidByItem {
  /** Its newest incoming transactions, 1,000 at most, and how many more there are; of outputs these may be its own change. */
  readonly transactions: number
  readonly leftOut: number
  readonly payers: number
  readonly payersLeftOut: number
  /** Those with labels, sanctioned ones first. */
  readonly found: readonly PayerItem[]
  readonly foundLeftOut: number
}

/** That an address only forwards to one labelled service: its customer's deposit address. */
export interface DepositItem extends Omit<DepositSaid, "assets"> {
  readonly address: string
  /** On account chains, what it passed on: of other assets nothing is said. */
  readonly assets: readonly string[] | null
  readonly heuristics: readonly MeasuredHeuristic[]
}

export interface UnknownItem {
  readonly code: UnknownCode
  readonly detail: Readonly<Record<string, string>>
  readonly text: string
}

export interface ScreenAnswer {
  readonly ref: string
  readonly line: number | null
  readonly kind: RefKind
  /** Canonical spellings, each with the chains that it fits. */
  readonly forms: readonly { readonly text: string; readonly chains: readonly string[] }[]
  /** Owners whose labels were looked up: the address itself, or those of `owners`, each once. */
  readonly addresses: readonly string[]
  /** Null for an address. */
  readonly owners: OwnersItem | null
  readonly asOf: string
  /** Null where no policy was given. */
  readonly verdict: PolicyVerdict | null
  readonly sanctions: readonly LabelItem[]
  readonly labels: readonly LabelItem[]
  readonly withdrawn: readonly LabelItem[]
  readonly named: readonly NamedItem[]
  readonly traced: readonly TracedItem[]
  /** Of an address, or of an output's owner. */
  readonly cluster: ClusterItem | null
  /**
   * Of those who spent or received in a transaction, each cluster once; of an output, of those who spent in its
   * transaction (its owner's is `cluster`, and here again where one of them is in it).
   */
  readonly clusters: readonly OwnersCluster[]
  /** Of an address; null where there is no ledger or no labels, where it does not tell, and of anything else. */
  readonly paidBy: PaidByItem | null
  /** Of an address, or of an output's owner, that is recognised as a service's deposit address. */
  readonly deposit: DepositItem | null
  readonly lookAlikes: readonly LookAlikeItem[]
  readonly unknown: readonly UnknownItem[]
}

export interface BadRef {
  readonly ref: string
  readonly line: number | null
  readonly code: string
  readonly text: string
}

export interface ScreenCounts {
  readonly screened: number
  readonly bad: number
  /** With a sanction, a label, traced value, a look-alike or a cluster that has one. */
  readonly found: number
  readonly pass: number
  readonly review: number
  readonly refuse: number
}

/** What was looked at. */
export interface ScreenHead {
  readonly schema: typeof SCREEN_SCHEMA
  readonly asOf: string
  /**
   * How many labels were known on the day, and the newest day that one of them bears (null where each bears that of its
   * import, which says nothing of a list's age).
   */
  readonly labels: { readonly folder: string; readonly count: number; readonly newest: string | null } | null
  readonly ledger: {
    readonly folder: string
    readonly chain: string | null
    readonly horizon: TracedIn["asOf"]
    readonly thefts: readonly string[]
  } | null
  readonly cases: readonly string[]
  readonly policy: {
    readonly file: string
    readonly name: string | null
    readonly sha256: string
    /** Names of thefts, assets and lists in it that nothing loaded has. */
    readonly neverMatches: readonly PolicyNeverMatch[]
  } | null
}

export interface ScreenDocument extends ScreenHead {
  readonly answers: readonly ScreenAnswer[]
  /** The first 1,000; `counts.bad` counts all. */
  readonly bad: readonly BadRef[]
  readonly counts: ScreenCounts
  /** Measured error rates of what the answers about clusters and look-alikes rest on. */
  readonly rates: readonly ClusterRate[]
}
