import { Problem } from "../../units/problem.ts"
import type { OpenSink } from "../account-ledger/column-sink.ts"
import { Texts, TextWriter } from "../account-ledger/texts.ts"
import type { Columns } from "../columns/columns.ts"
import type { ColumnEntry, Manifest } from "../columns/manifest.ts"
import { LABELS_LAYOUT } from "./label-record.ts"
import type { PlacedSection } from "./pack.ts"
import { isSeenDays, labelsIn, type SeenDays } from "./seen-days.ts"

/** One segment of a book's index, as the manifest tells it. The columns of segment 12 are called "s12-record" and so on. */
export interface SegmentFacts {
  readonly id: number
  /** Labels in it. */
  readonly labels: number
  /** How many of them are of addresses that a newer segment has as well: what that one says counts, all of it. */
  readonly hidden: number
  /** Of those that are not hidden: a count as of a day costs no look at the labels. */
  readonly days: SeenDays
}

/** A section that the index was made of, and its pack. */
export interface KnownSection extends PlacedSection {
  readonly pack: string
}

/** A pack by its name, and how long it is: one that was cut or changed in length is told without being read. */
export interface KnownPack {
  readonly name: string
  readonly bytes: number
}

/** @returns the segments, oldest first */
export function segmentsOf({ extra }: Manifest): readonly SegmentFacts[] {
  if (extra.layout !== LABELS_LAYOUT) {
    throw new Problem("labels-other-version", { found: String(extra.layout), expected: LABELS_LAYOUT })
  }
  if (!Array.isArray(extra.segments) || !extra.segments.every(isSegment)) {
    throw new Problem("labels-damaged", { reason: "segments" })
  }
  return extra.segments
}

/** Columns are made for ledgers: a book has no chain and no horizon. */
export function bookManifest(segments: readonly SegmentFacts[], columns: readonly ColumnEntry[]): Manifest {
  return {
    chain: "",
    shape: "account",
    horizon: { height: null, hash: null, time: null },
    columns,
    extra: { layout: LABELS_LAYOUT, segments },
  }
}

export function columnPrefix(segment: number): string {
  return `s${segment}-`
}

/** The packs that the index was made of, oldest first. */
export function packsOf(columns: Columns): readonly KnownPack[] {
  return allOf<KnownPack>(columns, "pack")
}

export function sectionsOf(columns: Columns): readonly KnownSection[] {
  return allOf<KnownSection>(columns, "section")
}

export function writeKnown(
  open: OpenSink,
  packs: readonly KnownPack[],
  sections: readonly KnownSection[],
): readonly ColumnEntry[] {
  const written = [
    ["pack", packs],
    ["section", sections],
  ] as const
  return written.flatMap(([name, all]) => {
    const texts = new TextWriter(open, name, null)
    for (const one of all) texts.push(JSON.stringify(one))
    return texts.close()
  })
}

function allOf<T>(columns: Columns, name: string): readonly T[] {
  const texts = new Texts(columns, name, null)
  return Array.from({ length: texts.count }, (_, n) => JSON.parse(texts.at(n)) as T)
}

function isSegment(value: unknown): value is SegmentFacts {
  if (typeof value !== "object" || value === null) return false
  const { id, labels, hidden, days } = value as Record<string, unknown>
  if (![id, labels, hidden].every(number => Number.isSafeInteger(number) && Number(number) >= 0)) return false
  return isSeenDays(days) && labelsIn(days) === Number(labels) - Number(hidden)
}
