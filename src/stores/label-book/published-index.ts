import { copyFileSync, linkSync, statSync } from "node:fs"
import { join } from "node:path"
import { Problem } from "../../units/problem.ts"
import { type Columns, openColumns } from "../columns/columns.ts"
import { COLUMNS_FOLDER, readCurrent } from "../columns/current.ts"
import type { ColumnEntry } from "../columns/manifest.ts"
import {
  columnPrefix,
  type KnownPack,
  type KnownSection,
  packsOf,
  type SegmentFacts,
  sectionsOf,
  segmentsOf,
} from "./book-manifest.ts"
import { BookSegment } from "./book-segment.ts"
import { CACHE_BYTES } from "./label-columns.ts"
import { PACKS_FOLDER } from "./pack.ts"

/** The index of a book as it is published, for the one importer that makes the next of it. */
export interface PublishedIndex {
  readonly columns: Columns
  /** Oldest first. */
  readonly segments: readonly BookSegment[]
  readonly packs: readonly KnownPack[]
  readonly sections: readonly KnownSection[]
}

/**
 * @param packs the names of the packs that there are, oldest first
 * @returns null where there is no index of ours, or it is of other packs than the first of these: then one is made anew
 * @throws Problem `labels-damaged` where a pack has another length than when it was imported
 */
export function openIndex(folder: string, packs: readonly string[]): PublishedIndex | null {
  let columns: Columns | null = null
  try {
    columns = openColumns(folder, CACHE_BYTES)
    const found = columns
    const segments = segmentsOf(columns.manifest).map(facts => new BookSegment(found, facts))
    const index = { columns, segments, packs: packsOf(columns), sections: sectionsOf(columns) }
    if (index.packs.every(({ name }, n) => name === packs[n])) {
      checkLengths(folder, index.packs)
      columns = null
      return index
    }
    return null
  } catch (error) {
    if (error instanceof Problem && !isPackDamage(error)) return null
    throw error
  } finally {
    columns?.close()
  }
}

/** Also called for an index that turns out to be damaged while it is read: it is made anew of the packs. */
export function isPackDamage({ code, detail }: Problem): boolean {
  return code === "labels-damaged" && String(detail.reason).startsWith(`${PACKS_FOLDER}/`)
}

function checkLengths(folder: string, packs: readonly KnownPack[]): void {
  for (const { name, bytes } of packs) {
    if (packBytes(folder, name) !== bytes) {
      throw new Problem("labels-damaged", { reason: `${PACKS_FOLDER}/${name}` })
    }
  }
}

export function packBytes(folder: string, name: string): number {
  return statSync(join(folder, PACKS_FOLDER, name)).size
}

/**
 * Brings the files of a segment into the folder of the next index: as further names of the same files, which nobody ever
 * changes; as copies where the file system has no such thing.
 */
export function carryOver(
  bookFolder: string,
  index: PublishedIndex,
  { id }: SegmentFacts,
  into: string,
): readonly ColumnEntry[] {
  const generation = readCurrent(bookFolder)?.generation
  const from = join(bookFolder, COLUMNS_FOLDER, String(generation))
  const entries = index.columns.manifest.columns.filter(({ name }) => name.startsWith(columnPrefix(id)))
  for (const { name, file } of entries) {
    for (const one of [file, `${name}.crc`]) linkOrCopy(join(from, one), join(into, one))
  }
  return entries
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    // Whatever the reason was, a copy tells what cannot be done at all.
    copyFileSync(from, to)
  }
}
