/**
 * `ashiato/attribution/1`: who is said to have done it, by whom, and the judged weight of what speaks for and against.
 * The published schema is `attribution.schema.json` beside this file. It names no culprit; it holds what others say.
 */
import type { Claim } from "../attribution/claim.ts"
import type { Consistency } from "../attribution/evidence.ts"
import type { Text } from "./case.ts"

export const ATTRIBUTION_SCHEMA = "ashiato/attribution/1"

export interface Hypothesis {
  readonly id: string
  readonly name: Text
  /** On the one that stands for somebody else or unknown. */
  readonly other?: true
}

export interface AttributionSource {
  readonly id: string
  readonly title: string
  readonly url: string | null
  readonly date: string | null
}

/** Decimal text, low and high end of P(E|H). */
export type BandText = readonly [string, string]

export interface EvidenceRecord {
  readonly id: string
  readonly what: Text
  readonly group: string
  /** The grade counted is that of the first. */
  readonly claims: readonly string[]
  /** Of a fact that is not known: the grade it would have. */
  readonly ifFound?: { readonly grade: string }
  readonly overlap: string
  readonly bands: Readonly<Record<string, BandText>>
  readonly consistency: Readonly<Record<string, Consistency>>
  readonly reason: Text
}

export interface AttributionFile {
  readonly schema: typeof ATTRIBUTION_SCHEMA
  readonly case: string
  readonly about: Text
  /** The day on which the sources were read. */
  readonly read: string
  readonly hypotheses: readonly Hypothesis[]
  readonly sources: readonly AttributionSource[]
  readonly claims: readonly Claim[]
  readonly groups: readonly { readonly id: string; readonly what: Text }[]
  readonly evidence: readonly EvidenceRecord[]
  /** The chance that the whole body misleads. */
  readonly misleading: { readonly chance: string; readonly reason: Text }
}
