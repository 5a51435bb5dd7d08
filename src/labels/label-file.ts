import type { LabelActor } from "../ports/label-actor.ts"
import type { Label } from "../ports/label-book.ts"

/** How a label file is written. */
export type LabelForm = "tagpack" | "actorpack" | "ofac-json" | "named-csv" | "ofac-sdn" | "csv" | "case"

/** What a file says of itself, and what the user says of it. */
export interface ListFacts {
  readonly form: LabelForm
  readonly list: string
  readonly creator: string | null
  readonly day: string
  readonly dayFrom: Label["seenFrom"]
}

/** An entry that cannot be taken, while the rest of its file can. */
export interface Reject {
  readonly line: number | null
  readonly address: string
  readonly network: string | null
  /** In English; an address fault is one of `chains/address-fault.ts`. */
  readonly reason: string
  /** Where the address was too long to be one, and only its beginning is kept. */
  readonly isCut?: true
}

/** Takes what a label file holds: the list once, then its labels, actors and rejects as they come. */
export interface LabelSink {
  begin(facts: ListFacts): void
  label(label: Label): void
  actor(actor: LabelActor): void
  reject(reject: Reject): void
  /** Something that was left out by design, once for each kind, or taken otherwise than it is written. */
  note(text: string): void
}

/** What the user says of a file; null where nothing is said. */
export interface LabelFileOptions {
  readonly seen: string | null
  readonly list: string | null
  readonly licence: string | null
  readonly source: string | null
  /** The day of the import, YYYY-MM-DD, for what has no other. */
  readonly today: string
}

/** The day of a list or label: its own, else the user's, else that of the import. */
export function dayFor(
  own: string | null,
  { seen, today }: LabelFileOptions,
): { readonly day: string; readonly from: Label["seenFrom"] } {
  if (own !== null) return { day: own, from: "list" }
  return seen === null ? { day: today, from: "import" } : { day: seen, from: "user" }
}
