/**
 * `ashiato/labels-why/1`, the answer of `ashiato labels why --json`: what lists say of an address, side by side, and what
 * reaches it through a ledger. The schema beside this file is the published contract; these are its types.
 */
import type { ThroughUnknown } from "../ledger/label-words.ts"
import type {
  ClusterDocument,
  ClusterRate,
  CoSpendCluster,
  DepositSaid,
  MemberLabel,
  ReachedLabel,
  Some,
} from "./cluster.ts"

export const LABELS_WHY_SCHEMA = "ashiato/labels-why/1"

/** What reaches an address through a ledger. All of it is inferred: no list says it of the address itself. */
export interface LabelsThrough {
  readonly ledger: string
  readonly chain: string | null
  readonly horizon: ClusterDocument["horizon"]
  /** Null where the ledger was looked through. */
  readonly unknown: ThroughUnknown | null
  /** Who spends with it; null on account chains, where nobody does, and where nothing is said. */
  readonly cluster: (Pick<CoSpendCluster, "cut" | "cannotRuleOut"> & { readonly addresses: number }) | null
  readonly reached: Some<ReachedLabel>
  /** Labels of others that spend with it, and are not carried over to it. */
  readonly notCarried: Some<MemberLabel>
  /** The different actors that labels of the cluster name. More than one: they disagree, and none is carried. */
  readonly actors: readonly string[]
  /** Whose deposit address it is, by what it did. */
  readonly deposit: DepositSaid | null
}

/** What labels name an actor by its short name, or another name that lists have for it, on the day of the question. */
export interface LabelledActor {
  /** Labels that stand, were withdrawn by then, and came later. */
  readonly labels: number
  readonly withdrawn: number
  readonly later: number
  /** Addresses of the labels that stand. */
  readonly addresses: Some<string>
  /** The lists that have them, with how many labels of each. */
  readonly lists: Some<{ readonly list: string; readonly labels: number }>
}

/** What `why` adds to the labels themselves. */
export interface LabelsWhyBeside {
  /** Null where no ledger was looked into. */
  readonly through: LabelsThrough | null
  /** Measured error rates of what `through` and the look-alikes rest on. */
  readonly rates: readonly ClusterRate[]
}
