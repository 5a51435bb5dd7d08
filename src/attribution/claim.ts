/** A text in both languages. */
export interface Wording {
  readonly en: string
  readonly ja: string
}

export const ASPECTS = ["attribution", "link", "laundering", "amount", "time", "control"] as const
/** What a claim is about; `control` is a known error of attribution, kept as a warning. */
export type Aspect = (typeof ASPECTS)[number]

export const STANCES = ["asserted", "possible", "weakened", "omitted", "denied"] as const
/** Omission is not retraction: a list that no longer names somebody denies nothing. */
export type Stance = (typeof STANCES)[number]

export const SURENESS = ["stated", "probable", "inferred"] as const
export type Sureness = (typeof SURENESS)[number]

/** That one claim repeats another; itself a claim, with what it rests on. */
export interface Derivation {
  readonly claim: string
  readonly how: Sureness
  /** A claim derived in part has a root of its own besides. */
  readonly extent: "whole" | "part"
  /** Whether somebody has read both and seen it. */
  readonly verified: boolean
  readonly restsOn: Wording
}

/** An amount as the source gives it. */
export interface ClaimedValue {
  readonly amount: string
  readonly unit: string
  readonly of?: Wording
  readonly approximate?: boolean
  /** At which day's price a sum in money was made; null where the source does not say. */
  readonly priceDate?: string | null
}

/** What a source has wrong, as it stands there, and what it should say by whose word. */
export interface Correction {
  readonly verbatim: string
  readonly instead: string
  readonly why: Wording
}

export interface Claim {
  readonly id: string
  readonly claimant: string
  /** YYYY, YYYY-MM or YYYY-MM-DD. */
  readonly date: string
  readonly published?: string
  readonly aspect: Aspect
  /** The hypothesis it speaks to. */
  readonly hypothesis?: string
  readonly stance?: Stance
  readonly says: Wording
  readonly values?: readonly ClaimedValue[]
  /** How sure it says it is, in its own words. */
  readonly certainty?: string
  readonly quote?: { readonly text: string; readonly via?: string }
  readonly sources: readonly string[]
  /** Admiralty: a letter for the source, a digit for what it says here. */
  readonly grade: string
  readonly derivedFrom: readonly Derivation[]
  readonly revises: readonly string[]
  readonly disputes: readonly string[]
  readonly corrections: readonly Correction[]
  readonly note?: Wording
  /** What in this record nobody has checked at its origin. */
  readonly unverified?: Wording
}

/** What a derivation is called: the copy, a slash, what it copies. */
export const derivationId = (copy: string, original: string): string => `${copy}/${original}`
