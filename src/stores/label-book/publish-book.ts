import { rmdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { Problem } from "../../units/problem.ts"
import { publishColumns } from "../columns/publish.ts"
import { asWriteProblem, systemCode } from "../columns/write-problem.ts"
import { LEAST_SEGMENT } from "./fold-plan.ts"
import { lockBook } from "./import-lock.ts"
import { asLabelsProblem } from "./label-columns.ts"
import { makeIndex } from "./make-index.ts"
import { PACKS_FOLDER } from "./pack.ts"
import { openPack, packNames } from "./pack-reader.ts"
import { PackWriter } from "./pack-writer.ts"
import { openIndex, type PublishedIndex } from "./published-index.ts"
import type { SectionCounts } from "./spans.ts"

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
 * @param fill writes the pack; null only checks the packs, and brings the columns up to them
 * @param least `foldedOf`
 * @throws Problem `labels-locked`, `labels-damaged`, `labels-unwritable`, and whatever `fill` throws
 */
export async function importPack(
  folder: string,
  fill: ((pack: PackWriter) => Promise<void>) | null,
  least = LEAST_SEGMENT,
): Promise<Imported> {
  checkFolder(folder)
  try {
    const unlock = lockBook(folder)
    try {
      return await importLocked(folder, fill, least)
    } finally {
      unlock()
    }
  } catch (error) {
    removeEmpty(folder)
    throw asLabelsProblem(asWriteProblem(error), folder)
  }
}

/** A file in its place, or on the way to it. */
function checkFolder(folder: string): void {
  try {
    if (statSync(folder).isDirectory()) return
  } catch (error) {
    if (systemCode(error) !== "ENOTDIR") return
  }
  throw new Problem("labels-no-folder", { folder })
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
  least: number,
): Promise<Imported> {
  const pack = fill === null ? null : new PackWriter(folder)
  try {
    if (pack !== null) {
      await fill?.(pack)
      pack.close()
    }
    return await publish(folder, pack, least)
  } finally {
    pack?.abandon()
  }
}

/** Of the index that there is, where it can be read; else of all packs. */
async function publish(folder: string, pack: PackWriter | null, least: number): Promise<Imported> {
  const names = packNames(folder)
  const index = openIndex(folder, names)
  if (index !== null && pack === null && index.packs.length === names.length) {
    index.columns.close()
    for (const name of names) openPack(join(folder, PACKS_FOLDER, name))
    return { counts: [], stored: false }
  }
  if (index === null) return publishOf(folder, names, null, pack, least)
  try {
    return await publishOf(folder, names, index, pack, least)
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "ledger-damaged") throw error
    return publishOf(folder, names, null, pack, least)
  } finally {
    index.columns.close()
  }
}

async function publishOf(
  folder: string,
  names: readonly string[],
  index: PublishedIndex | null,
  pack: PackWriter | null,
  least: number,
): Promise<Imported> {
  let imported: Imported = { counts: [], stored: false }
  try {
    await publishColumns(folder, async part => {
      const { manifest, counts, stored } = makeIndex(folder, part, names, index, pack, least)
      imported = { counts, stored }
      if (manifest === null) throw new Unchanged()
      return manifest
    })
  } catch (error) {
    if (!(error instanceof Unchanged)) throw error
  }
  return imported
}
