/**
 * `ashiato/attribute/1`: what is said of who did it, with the working by which it is weighed. The schema beside this
 * file is the published contract. Exact numbers are whole or n/d; `shown` is rounded outward to three digits.
 */
import type { Claim, Sureness, Wording } from "../attribution/claim.ts"
import type { Consistency } from "../attribution/evidence.ts"
import type { MoveKind } from "../attribution/sensitivity.ts"
import type { Chance, Support } from "../attribution/verbal.ts"
import type { Standing } from "../attribution/weigh.ts"

export const ATTRIBUTE_SCHEMA = "ashiato/attribute/1"

export interface ExactNumber {
  readonly exact: string
  readonly shown: string
}

/** A likelihood ratio; high is null where it has no upper end. */
export interface RatioSpan {
  readonly low: ExactNumber
  readonly high: ExactNumber | null
}

export interface ShownClaim extends Claim {
  readonly roots: readonly string[]
  readonly isCopy: boolean
  readonly removed: boolean
}

export interface ShownDerivation {
  readonly id: string
  readonly copy: string
  readonly of: string
  readonly how: Sureness
  readonly extent: "whole" | "part"
  readonly verified: boolean
  readonly restsOn: Wording
  /** False where --without took it out. */
  readonly holds: boolean
}

export interface ShownEvidence {
  readonly id: string
  readonly what: Wording
  readonly group: string
  readonly claims: readonly string[]
  readonly known: boolean
  readonly grade: string
  readonly reliability: ExactNumber
  readonly overlap: string
  readonly bands: Readonly<Record<string, readonly [string, string]>>
  readonly consistency: Readonly<Record<string, Consistency>>
  readonly reason: Wording
}

export interface SupportEnd {
  readonly word: Support
  /** The hypothesis that is supported relative to the other; null at 1. */
  readonly of: string | null
}

export interface ShownPair {
  readonly for: string
  readonly against: string
  readonly items: readonly {
    readonly id: string
    readonly standing: Standing
    readonly raw: RatioSpan
    readonly discounted: RatioSpan
    readonly counted: RatioSpan
  }[]
  readonly product: RatioSpan
  readonly ratio: RatioSpan
  readonly support: { readonly low: SupportEnd; readonly high: SupportEnd }
  /** The cross-check: which of the two the matrix of inconsistency and the ratio lean to; null where neither. */
  readonly leaning: {
    readonly matrix: string | null
    readonly ratio: string | null
    readonly opposed: boolean
  }
}

export interface ShownMove {
  readonly kind: MoveKind
  readonly id: string
  readonly ratios: readonly RatioSpan[]
  readonly factor: ExactNumber
}

export interface ShownPosterior {
  readonly hypothesis: string
  readonly prior: string
  readonly low: ExactNumber
  readonly high: ExactNumber
  readonly lowWord: Chance
  readonly highWord: Chance
}

/** What a case report shows of it: claims alone, without any ratio or posterior. */
export interface SaidBy {
  readonly case: string
  readonly hypotheses: AttributeDocument["hypotheses"]
  readonly sources: AttributeDocument["sources"]
  readonly claims: readonly ShownClaim[]
  readonly derivations: readonly ShownDerivation[]
}

export interface AttributeDocument {
  readonly schema: typeof ATTRIBUTE_SCHEMA
  readonly case: string
  readonly about: Wording
  readonly read: string
  readonly input: { readonly name: string; readonly sha256: string }
  /** What every reader must know, and by which rules the numbers were made. */
  readonly method: Readonly<Record<string, string>>
  readonly without: readonly string[]
  readonly hypotheses: readonly { readonly id: string; readonly name: Wording; readonly other: boolean }[]
  readonly sources: readonly {
    readonly id: string
    readonly title: string
    readonly url: string | null
    readonly date: string | null
  }[]
  readonly claims: readonly ShownClaim[]
  readonly derivations: readonly ShownDerivation[]
  readonly groups: readonly { readonly id: string; readonly what: Wording }[]
  readonly evidence: readonly ShownEvidence[]
  readonly misleading: { readonly chance: string; readonly most: ExactNumber; readonly reason: Wording }
  readonly pairs: readonly ShownPair[]
  readonly moves: readonly ShownMove[]
  /** Of what is known, and of the open facts, the one that moves the answer most. */
  readonly mostMoving: { readonly known: string | null; readonly open: string | null }
  readonly matrix: readonly { readonly hypothesis: string; readonly inconsistency: number }[]
  /** Only on request and under the user's own priors. */
  readonly posterior: readonly ShownPosterior[] | null
}
