import { existsSync } from "node:fs"
import { join } from "node:path"
import { Problem } from "../../units/problem.ts"
import type { Column } from "./column.ts"
import type { ColumnFile } from "./column-file.ts"
import { ColumnSet } from "./column-set.ts"
import { COLUMNS_FOLDER, type Current, manifestOf, readCurrent } from "./current.ts"
import type { Manifest, SegmentEntry } from "./manifest.ts"
import { PageCache } from "./page-cache.ts"
import { systemCode } from "./write-problem.ts"

export const DEFAULT_CACHE_BYTES = 64 << 20

/** Columns that stand for a run of a ledger's blocks, and how much of them counts. */
export interface Segment {
  readonly set: ColumnSet
  readonly entry: SegmentEntry
}

/** The set of columns that was current when it was opened. It stays readable, unchanged, until it is closed. */
export class Columns {
  readonly manifest: Manifest
  /** Oldest first; null where the set is none of segments. */
  readonly segments: readonly Segment[] | null
  readonly #set: ColumnSet
  readonly #cache: PageCache

  constructor(manifest: Manifest, set: ColumnSet, segments: readonly Segment[] | null, cache: PageCache) {
    this.#cache = cache
    this.manifest = manifest
    this.segments = segments
    this.#set = set
  }

  /** @throws Error for a name that is not there, as none is where there are segments */
  column(name: string): Column {
    return this.#set.column(name)
  }

  /** Each column's files, for who reads them from end to end. */
  get files(): readonly ColumnFile[] {
    return [...this.#set.files, ...(this.segments ?? []).flatMap(({ set }) => set.files)]
  }

  /** Nothing can be read any more. */
  close(): void {
    for (const file of this.files) file.close()
    this.#cache.release()
  }
}

/**
 * Opens the current columns of a ledger: reads what they say of themselves and opens their files, whose contents are
 * read when asked for. All at once, because a writer may replace the set at any moment: names go, open files stay.
 *
 * @param cacheBytes how much of them is kept in memory, all columns together
 * @throws Problem `ledger-missing`, `ledger-not-published`, `ledger-damaged`, `ledger-other-version`, `file-unreadable`
 */
export function openColumns(ledgerFolder: string, cacheBytes = DEFAULT_CACHE_BYTES): Columns {
  if (!existsSync(ledgerFolder)) throw new Problem("ledger-missing", { folder: ledgerFolder })
  let tried: number | null = null
  for (;;) {
    let current: Current | null = null
    try {
      current = readCurrent(ledgerFolder)
      if (current === null) throw new Problem("ledger-not-published", { folder: ledgerFolder })
      return openGeneration(ledgerFolder, current, cacheBytes)
    } catch (error) {
      // Gone between the reading of its name and its opening: a newer one has come, unless the name is the same still.
      if (current === null || systemCode(error) !== "ENOENT") throw asReadProblem(error, ledgerFolder)
      if (current.generation === tried) {
        throw new Problem("ledger-damaged", {
          reason: `${COLUMNS_FOLDER}/${current.generation}: files missing`,
        })
      }
      tried = current.generation
    }
  }
}

function openGeneration(ledgerFolder: string, current: Current, cacheBytes: number): Columns {
  const folder = (generation: number): string => join(ledgerFolder, COLUMNS_FOLDER, `${generation}`)
  const manifest = manifestOf(ledgerFolder, current)
  const cache = new PageCache(cacheBytes)
  const sets: ColumnSet[] = []
  try {
    sets.push(ColumnSet.open(folder(current.generation), manifest.columns, cache, ""))
    const segments = manifest.segments?.map((entry): Segment => {
      const { generation, columns } = entry
      const set = ColumnSet.open(folder(generation), columns, cache, `${generation}/`)
      sets.push(set)
      return { set, entry }
    })
    return new Columns(manifest, sets[0] as ColumnSet, segments ?? null, cache)
  } catch (error) {
    for (const set of sets) set.close()
    throw error
  }
}

function asReadProblem(error: unknown, file: string): unknown {
  const code = systemCode(error)
  return /^E[A-Z]+$/.test(code) ? new Problem("file-unreadable", { reason: code }, { file }) : error
}
