import { rmdirSync } from "node:fs"
import { join } from "node:path"
import { Problem } from "../../units/problem.ts"
import { ColumnWriter } from "../columns/column-writer.ts"
import { openColumns } from "../columns/columns.ts"
import type { Manifest } from "../columns/manifest.ts"
import { publishColumns } from "../columns/publish.ts"
import { asWriteProblem } from "../columns/write-problem.ts"
import { BookColumns } from "./book-columns.ts"
import { lockBook } from "./import-lock.ts"
import { asLabelsProblem, LabelColumns } from "./label-columns.ts"
import { LABELS_LAYOUT } from "./label-record.ts"
import { PACKS_FOLDER, type PlacedSection } from "./pack.ts"
import { importKey, labelsIn, openPack, type PackFile, packNames } from "./pack-reader.ts"
import { PackWriter } from "./pack-writer.ts"
import { type SectionCounts, Spans } from "./spans.ts"

export interface Imported {
  /** For each section of the new pack, in its order. */
  readonly counts: readonly SectionCounts[]
  /** Whether anything was stored. */
  readonly stored: boolean
}

/** Why a set of columns is not published: it would be what there is. */
class Unchanged extends Error {}

/**
 * Adds one pack to a book: all of it, or nothing. The pack counts from the moment at which it is renamed; the columns
 * that readers see follow by a rename of their own. Killed between the two, readers go on with the old columns, and the
 * next import, of whatever, brings them up to the packs.
 *
 * @param fill writes the pack; null only brings the columns up to the packs
 * @throws Problem `labels-locked`, `labels-damaged`, `labels-unwritable`, and whatever `fill` throws
 */
export async function importPack(
  folder: string,
  fill: ((pack: PackWriter) => Promise<void>) | null,
): Promise<Imported> {
  try {
    const unlock = lockBook(folder)
    try {
      return await importLocked(folder, fill)
    } finally {
      unlock()
    }
  } catch (error) {
    removeEmpty(folder)
    throw asLabelsProblem(asWriteProblem(error), folder)
  }
}

/** A first import that was refused leaves no book: an empty one would be in the way of every later command. */
function removeEmpty(folder: string): void {
  for (const empty of [join(folder, PACKS_FOLDER), folder]) {
    try {
      rmdirSync(empty)
    } catch {
      // Not there, or not empty: then it is a book, or somebody's folder, and stays.
      return
    }
  }
}

async function importLocked(
  folder: string,
  fill: ((pack: PackWriter) => Promise<void>) | null,
): Promise<Imported> {
  const pack = fill === null ? null : new PackWriter(folder)
  try {
    if (pack !== null) {
      await fill?.(pack)
      pack.close()
    }
    return await publish(folder, pack)
  } finally {
    pack?.abandon()
  }
}

async function publish(folder: string, pack: PackWriter | null): Promise<Imported> {
  const before = packNames(folder)
  const behind = !isPublished(folder, before)
  let counts: SectionCounts[] = []
  let stored = false
  try {
    await publishColumns(folder, async part => {
      const writers: ColumnWriter[] = []
      try {
        const columns = new BookColumns((name, width) => {
          const writer = new ColumnWriter(part, name, width)
          writers.push(writer)
          return writer
        })
        const spans = new Spans(columns)
        const opened = before.map(name => openPack(join(folder, PACKS_FOLDER, name)))
        const all = pack === null ? opened : [...opened, { file: pack.part, sections: pack.sections }]
        const first = firstOfEach(all)
        counts = takeAll(spans, first, pack)
        stored = pack !== null && isNews(first, counts, pack)
        if (!stored && !behind) throw new Unchanged()
        // Not news, but the columns are wanting: they are made of the packs alone, which say the same.
        const entries = columns.close(spans.table)
        const names = stored && pack !== null ? [...before, pack.commit()] : before
        return manifestOf(names, entries)
      } finally {
        for (const writer of writers) writer.abandon()
      }
    })
  } catch (error) {
    if (!(error instanceof Unchanged)) throw error
  }
  return { counts, stored }
}

interface Placed {
  readonly file: string
  readonly section: PlacedSection
}

/** A file that was imported before in the same way says nothing new, on whatever day it is brought again. */
function firstOfEach(packs: readonly PackFile[]): Placed[] {
  const known = new Set<string>()
  return packs
    .flatMap(({ file, sections }) => sections.map(section => ({ file, section })))
    .filter(({ section }) => {
      const key = importKey(section)
      if (known.has(key)) return false
      known.add(key)
      return true
    })
}

/** @returns what each section of the new pack did */
function takeAll(spans: Spans, first: readonly Placed[], pack: PackWriter | null): SectionCounts[] {
  const all = [...first]
  const found = new Map<PlacedSection, SectionCounts>()
  // A stable order: of one day, as they were imported.
  all.sort((a, b) => (a.section.day < b.section.day ? -1 : a.section.day > b.section.day ? 1 : 0))
  for (const { file, section } of all) {
    const counts = spans.take(section, labelsIn(file, section))
    if (file === pack?.part) found.set(section, counts)
  }
  return (pack?.sections ?? []).map(section => found.get(section) ?? allKnown(pack, section))
}

function allKnown(pack: PackWriter | null, section: PlacedSection): SectionCounts {
  let duplicates = 0
  for (const _ of labelsIn(pack?.part ?? "", section)) duplicates++
  return { added: 0, duplicates, withdrawn: 0, earlier: 0 }
}

/** That a list was whole on a day is news even where it changes nothing yet. */
function isNews(first: readonly Placed[], counts: readonly SectionCounts[], pack: PackWriter): boolean {
  return pack.sections.some((section, n) => {
    const did = counts[n]
    if (did === undefined || !first.some(placed => placed.section === section)) return false
    return section.complete || did.added + did.withdrawn + did.earlier > 0
  })
}

function isPublished(folder: string, packs: readonly string[]): boolean {
  try {
    const columns = openColumns(folder)
    const published = new LabelColumns(columns, "9999-12-31", folder).packs
    columns.close()
    return JSON.stringify(published) === JSON.stringify(packs)
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}

/** Columns are made for ledgers: a book has no chain and no horizon. */
function manifestOf(packs: readonly string[], columns: Manifest["columns"]): Manifest {
  return {
    chain: "",
    shape: "account",
    horizon: { height: null, hash: null, time: null },
    columns,
    extra: { layout: LABELS_LAYOUT, packs },
  }
}
