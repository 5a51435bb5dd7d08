/**
 * `ashiato/trace/1`, the answer of `ashiato trace --json`. The schema beside this file is the published contract;
 * these are its types. Amounts are decimal strings of smallest units.
 */
import type { Grade } from "../ledger/grade.ts"
import type { Bucket, ConservingRule, FlowKind } from "../ledger/vocabulary.ts"
import type { Time } from "../units/time.ts"
import type { ClusterRate } from "./cluster.ts"

export {
  BUCKETS,
  type Bucket,
  CONSERVING_RULES,
  type ConservingRule,
  type FlowKind,
  RULES,
  type RuleName,
} from "../ledger/vocabulary.ts"

export const TRACE_SCHEMA = "ashiato/trace/1"

export type AmountText = string
export type Figures = Readonly<Record<Bucket, AmountText>>
/** Theft id to the amount whose label names it. */
export type ByTheft = Readonly<Record<string, AmountText>>

export interface Gap {
  readonly code: string
  readonly pot: string | null
  readonly amount: AmountText | null
  readonly text: string
}

export interface Holding {
  readonly pot: string
  readonly address: string | null
  readonly value: AmountText
  readonly traced: AmountText
  readonly byTheft: ByTheft
}

export interface Arrival {
  readonly service: string
  readonly address: string
  readonly pot: string
  readonly tx: string | null
  readonly time: Time
  readonly traced: AmountText
  readonly byTheft: ByTheft
  /** How it is known that the address is the service's. */
  readonly stoppedBy?: StoppedBy
}

/** What one list says of an address, as it stood on the day of `labels.asOf`. */
export interface LabelSaid {
  readonly label: string
  readonly actor: string | null
  readonly category: string | null
  readonly abuse: string | null
  readonly confidence: string | null
  /** The list, where it has it from, and the day on which it says so. */
  readonly list: string
  readonly source: string | null
  readonly seen: string
  /** Whether it counts as a sanction: see docs/screening.md. */
  readonly sanction: boolean
}

export interface StoppedByLabels {
  /** The service's own first, then whatever else is said of the address. */
  readonly labels: readonly LabelSaid[]
  /** How many more there are. */
  readonly labelsLeftOut?: number
  /** True where the labels name different owners: following stops all the same. */
  readonly disagree: boolean
}

/** `list`: the services file, or the case. A pattern is a reading of ours, and leads to an address that is labelled. */
export type StoppedBy =
  | { readonly kind: "file"; readonly list: string }
  | {
      readonly kind: "case"
      readonly list: string
      readonly sources: readonly string[]
      readonly grade: Grade
    }
  | { readonly kind: "chain" }
  | ({ readonly kind: "label" } & StoppedByLabels)
  | ({
      readonly kind: "deposit-address" | "cluster"
      readonly grade: "inferred"
      /** The labelled address that it forwards to, or spends together with. */
      readonly via: string
      readonly transactions: readonly string[]
      readonly transactionsLeftOut?: number
      /** Codes of what could just as well be: see docs/services.md. */
      readonly cannotRuleOut: readonly string[]
    } & StoppedByLabels)

export interface Flow {
  readonly kind: FlowKind
  readonly tx: string | null
  readonly height: number | null
  readonly time: Time
  readonly from: readonly string[]
  readonly to: string | null
  readonly amount: AmountText
  readonly traced: AmountText
  readonly byTheft: ByTheft
  readonly grade: Grade
}

export interface ConservingAnswer {
  readonly reconciles: boolean
  readonly total: Figures
  readonly byTheft: Readonly<Record<string, Figures & { readonly collided: AmountText }>>
  readonly holdings: readonly Holding[]
  readonly arrivals: readonly Arrival[]
  readonly flows: readonly Flow[]
  readonly flowsLeftOut?: number
}

export interface Reach {
  readonly held: AmountText
  readonly services: AmountText
}

/** Poison conserves nothing, so it has a reach in place of a total and nothing to reconcile. */
export interface PoisonAnswer {
  readonly reconciles: null
  readonly reach: Reach
  readonly byTheft: Readonly<Record<string, Reach & { readonly collided: AmountText }>>
  readonly holdings: readonly Holding[]
  readonly arrivals: readonly Arrival[]
  readonly flows: readonly Flow[]
  readonly flowsLeftOut?: number
}

export interface RangeEntry {
  readonly pot: string
  readonly address: string | null
  readonly least: AmountText
  readonly most: AmountText
}

export interface DeclaredTheft {
  readonly id: string
  readonly refs: readonly string[]
  readonly declared: AmountText
}

export type RuleAnswers = Readonly<Partial<Record<ConservingRule, ConservingAnswer>>> & {
  readonly poison?: PoisonAnswer
}

export interface AssetAnswer {
  readonly asset: string
  readonly unit: string
  readonly decimals: number
  readonly thefts: readonly DeclaredTheft[]
  readonly rules: RuleAnswers
  /** Left out for fewer than two conserving rules. */
  readonly range?: readonly RangeEntry[]
}

export interface Horizon {
  readonly height: number | null
  readonly hash: string | null
  readonly time: Time
}

export interface TraceDocument {
  readonly schema: typeof TRACE_SCHEMA
  readonly case: string | null
  readonly chain: string | null
  readonly horizon: Horizon
  readonly complete: boolean
  /** The labels that were asked where following stops; left out where there were none. */
  readonly labels?: { readonly asOf: string; readonly count: number }
  readonly gaps: readonly Gap[]
  readonly answers: readonly AssetAnswer[]
  /** Of each pattern by which following stopped; left out where none did. */
  readonly rates?: readonly ClusterRate[]
}
