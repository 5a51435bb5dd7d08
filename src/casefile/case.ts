/**
 * `ashiato/case/1`: one theft's record in a file, every item with its grade and its sources. The published schema
 * is `case.schema.json` beside this file; `read-case.ts` checks a document against it and against itself.
 */
import type { Asset } from "../ledger/asset.ts"
import type { Grade } from "../ledger/grade.ts"
import type { StepKind } from "../ledger/step.ts"
import type { Time } from "../units/time.ts"

export const CASE_SCHEMA = "ashiato/case/1"

/** A text in both first-class languages. */
export interface Text {
  readonly en: string
  readonly ja: string
}

export interface Source {
  readonly id: string
  readonly title: string
  /** Where it is published, or null where that is not known. */
  readonly url: string | null
  readonly published: string | null
}

/** What every item of the record carries. */
export interface Evidence {
  readonly grade: Grade
  /** Ids of `sources`; at least one. */
  readonly sources: readonly string[]
  /** What a reader must know of this item; for an inferred one, the reasoning. */
  readonly note?: Text
}

export type AddressRole = "victim" | "thief" | "shop" | "tagger" | "exchange" | "swap" | "bridge" | "other"

export interface CaseAddress extends Evidence {
  readonly address: string
  readonly role: AddressRole
  readonly name: Text
  /** When the address is reported to have paid out, where a source says so. */
  readonly active?: { readonly from: string; readonly to: string }
}

/** An address at which following stops. */
export interface CaseService extends Evidence {
  readonly address: string
  readonly service: string
}

export interface CaseTransfer extends Evidence {
  /** Unique in the case; for the reader and for references, not a transaction hash. */
  readonly id: string
  readonly tx: string | null
  readonly height: number | null
  readonly time: Time
  /** Absent for an issue. */
  readonly from?: string
  /** Absent for value destroyed; "?" where a source says that it left and no record says to where. */
  readonly to?: string
  readonly asset: string
  /** Smallest units; or "remainder": all that the record leaves in the pot, by a source's word that it is empty. */
  readonly amount: string
  readonly kind?: StepKind
  /** Transfers of one transaction with the same exchange id are the legs of one exchange. */
  readonly exchange?: string
}

export interface CaseTheft extends Evidence {
  readonly id: string
  readonly claim: Text
  readonly claimant: Text
  /** Ids of transfers whose credit is declared stolen. */
  readonly transfers: readonly string[]
}

/** An aggregate that a source reports. Shown beside the trace; never turned into transfers. */
export interface CaseBound extends Evidence {
  readonly id: string
  readonly statement: Text
  readonly asset: string
  /** At least, about, or at most: what the source says of the amount (smallest units). */
  readonly relation: "least" | "about" | "most"
  readonly amount: string
  /** A service of this case that the statement is about, by name; null for none. */
  readonly service: string | null
  readonly asOf: string
}

/** Sources disagree; every version is kept, the one used by the trace is named. */
export interface CaseDisagreement {
  readonly id: string
  readonly topic: Text
  readonly versions: readonly { readonly value: Text; readonly sources: readonly string[] }[]
  /** Which version the record follows and why, or that it follows none. */
  readonly used: Text
}

/** A dated price with its source: `price` for one whole coin, or a published `total` for an `of` in smallest units. */
export interface CasePrice {
  readonly id: string
  readonly asset: string
  readonly currency: "JPY" | "USD"
  readonly date: string
  readonly price?: string
  readonly total?: string
  readonly of?: string
  readonly sources: readonly string[]
  readonly note: Text
}

export interface CaseEvent extends Evidence {
  readonly id: string
  readonly time: Time
  readonly text: Text
}

/** A token contract that imitates a traced asset; its transfers are not part of the record and never count. */
export interface CaseLookalike extends Evidence {
  readonly tx: string
  readonly contract: string
  readonly symbol: string
  readonly from: string
  readonly to: string
}

export interface CaseFile {
  readonly schema: typeof CASE_SCHEMA
  readonly id: string
  readonly title: Text
  readonly summary: Text
  readonly chain: string
  readonly assets: readonly Asset[]
  /** Up to when the record speaks. */
  readonly horizon: { readonly height: number | null; readonly hash: string | null; readonly time: Time }
  readonly sources: readonly Source[]
  readonly addresses: readonly CaseAddress[]
  readonly services: readonly CaseService[]
  /** In execution order as far as known. */
  readonly transfers: readonly CaseTransfer[]
  readonly thefts: readonly CaseTheft[]
  readonly bounds: readonly CaseBound[]
  readonly disagreements: readonly CaseDisagreement[]
  readonly prices: readonly CasePrice[]
  readonly events: readonly CaseEvent[]
  readonly lookalikes: readonly CaseLookalike[]
}
