import type { LabelActor } from "./label-actor.ts"

/**
 * What somebody says of an address. A label is a claim with a source: it is never overwritten, and two that disagree
 * stand side by side.
 */
export interface Label {
  /** The canonical form of the address, as the chain's own check gives it; as written where no check exists. */
  readonly address: string
  /** A chain of `chains/chain.ts` ("bitcoin", "ethereum", "nem" ...), or another network's name as its list has it. */
  readonly network: string
  /** Whether the address's own checksum was verified: false for networks that are not known here. */
  readonly checked: boolean
  readonly label: string
  /** Who is meant, by the list's own short name ("binance", "lazarusgroup"); null where it names none. */
  readonly actor: string | null
  /** What kind of owner ("exchange", "mixing_service", "bridge" ...); null where the list does not say. */
  readonly category: string | null
  /** Kind of abuse ("sanction", "service_hack" ...); null for none. */
  readonly abuse: string | null
  /** The list's own word for how sure it is ("authority_data", "web_crawl" ...); null where it does not say. */
  readonly confidence: string | null
  /** Whether the label may be carried over to the address's cluster, as the list says; null where it does not. */
  readonly definesCluster: boolean | null
  /** Where the list has it from: an address on the web, or words. */
  readonly source: string | null
  readonly licence: string | null
  /** Further words of the list, as it has them. */
  readonly note: string | null
  /** The list that it stands in: a title, or a name that the user gave. */
  readonly list: string
  readonly creator: string | null
  /** The day on which the list says this, YYYY-MM-DD; `seenFrom` says whose day that is. */
  readonly seen: string
  /** `list`: the list's own date; `user`: stated at import; `import`: the day of the import, nothing else being known. */
  readonly seenFrom: "list" | "user" | "import"
  /** The day from which the list says it no more; null where it stands. */
  readonly withdrawn: string | null
}

/** An address that looks like another one: the same beginning and end, and a different middle. */
export interface LookAlike {
  readonly address: string
  /** How many characters agree at the beginning (without 0x or the network's prefix) and at the end. */
  readonly head: number
  readonly tail: number
}

/** All labels, as of one day. */
export interface LabelBook {
  /** What was known up to and on this day counts, YYYY-MM-DD. */
  readonly asOf: string
  /** How many labels were known on that day, those withdrawn by then among them. */
  readonly count: number
  /** The newest day that one of these bears, of its list or of the user; null where all bear the day of an import. */
  readonly newest: string | null
  /** The labels that stood on that day for an address in canonical form. */
  labelsOf(address: string): readonly Label[]
  /** Those that had been withdrawn by that day. */
  withdrawnOf(address: string): readonly Label[]
  /** Those that came after that day. */
  laterOf(address: string): readonly Label[]
  /** Whether there is a list of this title, whatever the case of its letters and the day of its labels. */
  hasList(title: string): boolean
  /** Labelled addresses other than this one that look like it; at most 16. */
  lookAlikesOf(address: string): readonly LookAlike[]
  /** What stood on that day of who is meant by an `actor`, by its short name or by another name for it. */
  actorsOf?(name: string): readonly LabelActor[]
}

/** A label's day is on or before it, and it was not withdrawn by it. */
export function stoodOn({ seen, withdrawn }: Pick<Label, "seen" | "withdrawn">, day: string): boolean {
  return seen <= day && (withdrawn === null || withdrawn > day)
}

/** Whether this is a day of the calendar, written YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** The day of Bitcoin's first block: nothing that a label is of is older. */
export const FIRST_DAY = "2009-01-03"
