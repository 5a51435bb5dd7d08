import type { Label } from "../../ports/label-book.ts"

/** In the book's folder: what was imported, one file for each import, never changed afterwards. The truth. */
export const PACKS_FOLDER = "packs"
export const PACK_PART_PREFIX = "part-"
export const PACK_NAME = /^(\d{6,9})-([0-9a-f]{16})\.jsonl$/

/** One list as one file gave it. */
export interface PackSection {
  /** The file's own name, its form, and the SHA-256 of its bytes. */
  readonly file: string
  readonly form: string
  readonly sha256: string
  readonly list: string
  readonly creator: string | null
  /** The day for which the file speaks, and whose word that is. */
  readonly day: string
  readonly dayFrom: Label["seenFrom"]
  /** Whether the file is the whole list as of that day. */
  readonly complete: boolean
  /** Further options of the import that went into the labels. */
  readonly options: Readonly<Record<string, string | null>>
  /** Of a file that is the whole of its list, what it wrote as addresses of entries that were not taken. */
  readonly rejected?: readonly string[]
  /** Where there were more of them than are kept. */
  readonly moreRejected?: true
}

/** Where a section's labels stand in its pack, in bytes. */
export interface PlacedSection extends PackSection {
  readonly from: number
  readonly to: number
}

type PackRow = readonly [
  address: string,
  network: string,
  checked: boolean,
  label: string,
  actor: string | null,
  category: string | null,
  abuse: string | null,
  confidence: string | null,
  definesCluster: boolean | null,
  source: string | null,
  licence: string | null,
  note: string | null,
  seen: string,
  seenFrom: Label["seenFrom"],
  withdrawn: string | null,
]

export function packLine(label: Label): string {
  const row: PackRow = [
    label.address,
    label.network,
    label.checked,
    label.label,
    label.actor,
    label.category,
    label.abuse,
    label.confidence,
    label.definesCluster,
    label.source,
    label.licence,
    label.note,
    label.seen,
    label.seenFrom,
    label.withdrawn,
  ]
  return `${JSON.stringify(row)}\n`
}

/** A line of a pack whose hash was checked: it is as `packLine` wrote it. */
export function labelOfLine(line: string, { list, creator }: PackSection): Label {
  const row = JSON.parse(line) as PackRow
  return {
    address: row[0],
    network: row[1],
    checked: row[2],
    label: row[3],
    actor: row[4],
    category: row[5],
    abuse: row[6],
    confidence: row[7],
    definesCluster: row[8],
    source: row[9],
    licence: row[10],
    note: row[11],
    list,
    creator,
    seen: row[12],
    seenFrom: row[13],
    withdrawn: row[14],
  }
}
