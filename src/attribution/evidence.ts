import type { Claim } from "./claim.ts"
import type { Fraction } from "./fraction.ts"
import type { Band } from "./ratio.ts"

export const CONSISTENCY = ["CC", "C", "N", "NA", "I", "II"] as const
/** How a fact goes with a hypothesis: very consistent to very inconsistent (ACH). */
export type Consistency = (typeof CONSISTENCY)[number]

/** A piece of evidence, ready to be weighed. */
export interface Evidence {
  readonly id: string
  /** Items of one group tell of one thing. */
  readonly group: string
  /** On what it rests: empty where nobody has said it yet. */
  readonly claims: readonly string[]
  /** The share of its ratio that its source's grade lets it keep. */
  readonly reliability: Fraction
  /** The share of it that its group's strongest already tells. */
  readonly overlap: Fraction
  readonly bands: ReadonlyMap<string, Band>
  readonly consistency: ReadonlyMap<string, Consistency>
  /** False for a fact that is not known and is weighed only as "if it were found". */
  readonly known: boolean
}

/** All that is weighed in one case. */
export interface Body {
  /** In order; one of them stands for somebody else or unknown. */
  readonly hypotheses: readonly string[]
  readonly claims: readonly Claim[]
  readonly evidence: readonly Evidence[]
  /** The chance that the whole body misleads; above 0. */
  readonly misleading: Fraction
}

/** What is taken out or put in, to see how the answer moves. */
export interface Change {
  readonly without: ReadonlySet<string>
  /** Open facts taken as found. */
  readonly found: ReadonlySet<string>
}

export const NO_CHANGE: Change = { without: new Set(), found: new Set() }
