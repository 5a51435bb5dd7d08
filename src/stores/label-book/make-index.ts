import type { ColumnEntry, Manifest } from "../columns/manifest.ts"
import { BookColumns } from "./book-columns.ts"
import {
  bookManifest,
  columnPrefix,
  type KnownPack,
  type KnownSection,
  type SegmentFacts,
  writeKnown,
} from "./book-manifest.ts"
import { ColumnWriters } from "./column-writers.ts"
import { foldedOf } from "./fold-plan.ts"
import { OlderRows } from "./older-rows.ts"
import type { PackWriter } from "./pack-writer.ts"
import { PacksRead } from "./packs-read.ts"
import { carryOver, type PublishedIndex, packBytes } from "./published-index.ts"
import { planOf, type SectionPlan } from "./section-plan.ts"
import { labelsIn } from "./seen-days.ts"
import { type SectionCounts, Spans } from "./spans.ts"

/** A line of a pack has about so many bytes. */
const BYTES_A_LABEL = 200

export interface MadeIndex {
  /** Null where the index that there is says the same. */
  readonly manifest: Manifest | null
  readonly counts: readonly SectionCounts[]
  /** Whether the pack said anything new and was committed. */
  readonly stored: boolean
}

/**
 * Makes the next index of a book in a folder of its own: of the one there is, what the packs say that it does not know
 * yet, and a new pack, which is committed where it says anything new. What is the same as before is carried over.
 *
 * @param names of the packs that there are
 * @param least `foldedOf`
 */
export function makeIndex(
  folder: string,
  part: string,
  names: readonly string[],
  index: PublishedIndex | null,
  pack: PackWriter | null,
  least: number,
): MadeIndex {
  const read = new PacksRead(folder, pack)
  const [known, segments, packs] = [index?.sections ?? [], index?.segments ?? [], index?.packs ?? []]
  const behind = names.slice(packs.length)
  const pending = behind.flatMap(name => read.sectionsOf(name))
  const coming = read.coming()
  const plan = planOf(known, [...pending, ...coming])
  const writers = new ColumnWriters(part)
  try {
    const folded = foldedOf(
      segments.map(({ count }) => count),
      plan.take.reduce((sum, { from, to }) => sum + (to - from) / BYTES_A_LABEL, 0),
      least,
    )
    const kept = segments.slice(0, segments.length - folded)
    const id = 1 + Math.max(0, ...segments.map(({ facts }) => facts.id))
    const columns = new BookColumns(writers.open(columnPrefix(id)))
    const older = new OlderRows(kept, segments.slice(kept.length), columns)
    const spans = new Spans(columns, older)
    const counts = takeAll(spans, plan, coming, read)
    const stored = coming.some((section, n) => !plan.repeated.has(section) && isNews(section, counts[n]))
    if (!stored && behind.length === 0 && index !== null) return { manifest: null, counts, stored }
    // Not news, but the index is wanting: it is made of the packs alone, which say the same.
    const { days } = spans
    const made: SegmentFacts = { id, labels: labelsIn(days), hidden: 0, days }
    const entries: ColumnEntry[] = columns.close(spans.table)
    if (index !== null) for (const { facts } of kept) entries.push(...carryOver(folder, index, facts, part))
    const late = behind.map((name): KnownPack => ({ name, bytes: packBytes(folder, name) }))
    const own = stored && pack !== null ? [{ name: pack.name, bytes: pack.bytes }] : []
    const sections = own.flatMap(({ name }) => coming.map(section => ({ ...section, pack: name })))
    entries.push(
      ...writeKnown(writers.open(""), [...packs, ...late, ...own], [...known, ...pending, ...sections]),
    )
    // Last of all: what fails before it leaves the book as it was.
    if (stored) pack?.commit()
    return { manifest: bookManifest([...older.keptFacts(), made], entries), counts, stored }
  } finally {
    writers.abandon()
  }
}

/** @returns what each coming section did */
function takeAll(
  spans: Spans,
  { take, anew }: SectionPlan,
  coming: readonly KnownSection[],
  read: PacksRead,
): readonly SectionCounts[] {
  for (const { list, creator } of anew) spans.beginAnew(list, creator)
  spans.fold()
  for (const list of anew) spans.load(list)
  const did = new Map<KnownSection, SectionCounts>()
  for (const section of take) did.set(section, spans.take(section, read.labelsOf(section)))
  return coming.map(section => did.get(section) ?? read.allKnown(section))
}

/** That a list was whole on a day is news even where it changes nothing yet. */
function isNews({ complete }: KnownSection, did: SectionCounts | undefined): boolean {
  return complete || (did !== undefined && did.added + did.withdrawn + did.earlier > 0)
}
