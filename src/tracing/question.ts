import type { DoubtCode } from "../ledger/gap.ts"
import type { Grade } from "../ledger/grade.ts"
import type { PotId, Step } from "../ledger/step.ts"
import type { FlowKind, RuleName } from "../ledger/vocabulary.ts"
import type { LabelTable } from "./label.ts"
import type { Lots } from "./lot.ts"
import type { RestsOn } from "./rests-on.ts"
import type { AssetFigures } from "./tally.ts"

/** What is asked of one rule. */
export interface Question {
  readonly rule: RuleName
  /** In the order in which labels name them where one credit is declared in several. */
  readonly thefts: readonly { readonly id: string; readonly refs: readonly string[] }[]
  readonly fees: "drop" | "follow"
  /** A credit whose traced amount is below it is not followed; a declared credit always is. */
  readonly min: bigint
  readonly maxHops: number | null
  /** The service of an address for an asset, where following stops; null for none. */
  readonly serviceOf: (address: string, asset: string) => string | null
}

/** One traced credit, as it was dealt and declared, before any threshold. */
export interface TracedFlow {
  readonly kind: FlowKind
  readonly step: Step
  /** Its place among the step's credits; null for what is none of them, a fee. */
  readonly credit: number | null
  /** The pots of the step's traced debits. */
  readonly from: readonly PotId[]
  readonly to: PotId | null
  readonly address: string | null
  readonly asset: string
  readonly amount: bigint
  readonly lots: Lots
  readonly grade: Grade
}

export interface Held {
  readonly pot: PotId
  readonly address: string | null
  readonly asset: string
  readonly value: bigint
  readonly lots: Lots
  readonly grade: Grade
  /** Pots upstream (or this one) whose past is not wholly known: the figure rests on them. */
  readonly restsOn: RestsOn
}

export interface Arrived extends Omit<Held, "value" | "address"> {
  readonly service: string
  readonly address: string
  readonly step: Step
}

/** What a trace could not know. */
export type Unknown =
  | {
      readonly what: "opening-balance" | "origin-unknown" | "unrecorded"
      readonly pot: PotId
      readonly amount: bigint
    }
  /** Of a doubt the amount is 0: it is not known. */
  | { readonly what: DoubtCode; readonly pot: PotId; readonly amount: bigint }
  | { readonly what: "theft-beyond-horizon"; readonly theft: number; readonly ref: string }
  | { readonly what: "theft-moves-nothing"; readonly theft: number; readonly ref: string }

export interface Findings {
  readonly labels: LabelTable
  readonly figures: ReadonlyMap<string, AssetFigures>
  readonly held: readonly Held[]
  readonly arrived: readonly Arrived[]
  readonly unknown: readonly Unknown[]
  /** What each theft's credits are worth, by asset, whatever the rule makes of them. */
  readonly credits: readonly {
    readonly theft: number
    readonly ref: string
    readonly asset: string
    readonly amount: bigint
  }[]
}
