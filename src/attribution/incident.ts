/**
 * A theft from a custodian as published sources tell it. Nothing in it is a finding of this program: each figure and each
 * name is a claim, with who makes it, when, and where it can be read. A claim marked `verified: false` is one that
 * could not be read at its source; it is shown, and kept out of sums.
 */
import type { Stance } from "./claim.ts"

/** A text in both first-class languages. */
export interface Words {
  readonly en: string
  readonly ja: string
}

export interface IncidentSource {
  readonly id: string
  readonly title: string
  readonly url: string | null
  readonly published: string | null
}

/** What every claim carries. */
export interface Claim {
  /** Unique within the incident; `incident/claim` names it in the register. */
  readonly id: string
  readonly claimant: string
  /** "2018-06-20", "2018-06" or "2018": as precise as known; null where it is not. */
  readonly date: string | null
  /** Ids of the incident's `sources`; at least one. */
  readonly sources: readonly string[]
  /** Whether the claim was read where its source is said to be. */
  readonly verified: boolean
  /** The source is known to be wrong here: kept as it was published, with what is wrong. Never summed. */
  readonly correction?: Words
  /** Ids of earlier claims of this incident that the same claimant takes back or changes by this one. */
  readonly revises?: readonly string[]
  /** Claims that this one repeats, and how it is known. A copy is no second witness. */
  readonly derivedFrom?: readonly Derivation[]
  /** The source's own words, below 20. */
  readonly quote?: string
  readonly note?: Words
}

export interface Derivation {
  readonly claim: string
  /** `stated`: the claimant says so. `reported`: others say so. `inferred`: our reading. */
  readonly sure: "stated" | "reported" | "inferred"
}

export const RELATIONS = ["exact", "about", "least", "most"] as const
export type Relation = (typeof RELATIONS)[number]

/** How much of an asset is said to be gone; smallest units. */
export interface AmountClaim extends Claim {
  readonly asset: string
  readonly decimals: number
  readonly amount: string
  readonly relation: Relation
}

/** Whose day's prices a sum of money stands for; a sum of one basis is never added to one of another. */
export const PRICED = ["theft", "disclosure", "publication", "unstated"] as const
export type Priced = (typeof PRICED)[number]

/** What it is said to be worth: whole units of the currency as a decimal string. */
export interface ValueClaim extends Claim {
  readonly currency: string
  readonly amount: string
  readonly relation: Relation
  readonly priced: Priced
  /** The day of the price, where the source names it. */
  readonly priceDate: string | null
}

export const CAUSES = [
  "keys-taken",
  "malware-mail",
  "social-engineering",
  "signers-deceived",
  "supplier-breached",
  "software-fault",
  "insider",
  "account-data-taken",
  "unknown",
] as const
export type Cause = (typeof CAUSES)[number]

export interface CauseClaim extends Claim {
  readonly cause: Cause
  readonly text: Words
}

export const CUSTODY = [
  "hot",
  "cold",
  "multisig",
  "validators",
  "contract",
  "self-custody",
  "unknown",
] as const
export type Custody = (typeof CUSTODY)[number]

export interface CustodyClaim extends Claim {
  readonly custody: Custody
  readonly text: Words
}

export const OUTCOMES = [
  "repaid",
  "losses-shared",
  "closed",
  "bankrupt",
  "sold",
  "went-on",
  "restructured",
  "partly-recovered",
] as const
export type Outcome = (typeof OUTCOMES)[number]

export interface OutcomeClaim extends Claim {
  readonly outcome: Outcome
  readonly text: Words
}

/** Who is said to have done it. The name is the claimant's own; the same word by two need not mean the same people. */
export interface ActorClaim extends Claim {
  readonly actor: string
  readonly stance: Stance
}

export interface CountryClaim extends Claim {
  /** ISO 3166-1 alpha-2. */
  readonly country: string
}

export const VICTIM_KINDS = [
  "exchange",
  "bridge",
  "wallet",
  "payments",
  "gambling",
  "decentralised-exchange",
] as const
export type VictimKind = (typeof VICTIM_KINDS)[number]

/** An address or transaction that a claimant ties to the theft. */
export interface Trace extends Claim {
  readonly kind: "address" | "transaction"
  readonly chain: string
  readonly value: string
  readonly text: Words
}

export interface Incident {
  readonly schema: "ashiato/incident/1"
  readonly id: string
  readonly title: Words
  /** The bundled case that traces it, or null. */
  readonly case: string | null
  /** Its length is its precision: a day, a month or a year. */
  readonly date: {
    readonly value: string
    readonly of: "theft" | "disclosure"
    readonly sources: readonly string[]
  }
  readonly victim: { readonly name: string; readonly also: readonly string[]; readonly kind: VictimKind }
  readonly countries: readonly CountryClaim[]
  readonly amounts: readonly AmountClaim[]
  readonly values: readonly ValueClaim[]
  readonly causes: readonly CauseClaim[]
  readonly custody: readonly CustodyClaim[]
  readonly outcomes: readonly OutcomeClaim[]
  readonly actors: readonly ActorClaim[]
  readonly traces: readonly Trace[]
  readonly sources: readonly IncidentSource[]
}

export type Precision = "day" | "month" | "year"

export function precisionOf(date: string): Precision {
  return date.length === 10 ? "day" : date.length === 7 ? "month" : "year"
}

export const yearOf = ({ date }: Incident): string => date.value.slice(0, 4)

/** Every claim of an incident under its aspect, in the order of the record. */
export function claimsOf(incident: Incident): readonly { readonly aspect: Aspect; readonly claim: Claim }[] {
  return ASPECTS.flatMap(aspect => incident[aspect].map(claim => ({ aspect, claim })))
}

export const ASPECTS = [
  "countries",
  "amounts",
  "values",
  "causes",
  "custody",
  "outcomes",
  "actors",
  "traces",
] as const
export type Aspect = (typeof ASPECTS)[number]
