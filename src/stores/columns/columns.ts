import { existsSync } from "node:fs"
import { join } from "node:path"
import { Problem } from "../../units/problem.ts"
import { Column } from "./column.ts"
import { ColumnFile } from "./column-file.ts"
import { COLUMNS_FOLDER, type Current, readCurrent, readStart } from "./current.ts"
import { MANIFEST_FILE, type Manifest, MOST_MANIFEST_BYTES, readManifest } from "./manifest.ts"
import { PageCache } from "./page-cache.ts"
import { systemCode } from "./write-problem.ts"

export const DEFAULT_CACHE_BYTES = 64 << 20

/** The set of columns that was current when it was opened. It stays readable, unchanged, until it is closed. */
export class Columns {
  readonly manifest: Manifest
  readonly #files: readonly ColumnFile[]
  readonly #columns: ReadonlyMap<string, Column>

  constructor(manifest: Manifest, files: readonly ColumnFile[], cacheBytes: number) {
    const cache = new PageCache(cacheBytes)
    this.manifest = manifest
    this.#files = files
    this.#columns = new Map(files.map(file => [file.entry.name, new Column(file, cache)]))
  }

  /** @throws Error for a name that is not there: which ones are is the format's promise */
  column(name: string): Column {
    const column = this.#columns.get(name)
    if (column === undefined) throw new Error(`columns: there is none called "${name}"`)
    return column
  }

  /** Each column's files, for who reads them from end to end. */
  get files(): readonly ColumnFile[] {
    return this.#files
  }

  /** Nothing can be read any more. */
  close(): void {
    for (const file of this.#files) file.close()
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

function openGeneration(ledgerFolder: string, { generation, crc }: Current, cacheBytes: number): Columns {
  const folder = join(ledgerFolder, COLUMNS_FOLDER, `${generation}`)
  const text = readStart(join(folder, MANIFEST_FILE), MOST_MANIFEST_BYTES)
  const manifest = readManifest(text, crc)
  const files: ColumnFile[] = []
  try {
    for (const entry of manifest.columns) files.push(new ColumnFile(folder, entry))
  } catch (error) {
    for (const file of files) file.close()
    throw error
  }
  return new Columns(manifest, files, cacheBytes)
}

function asReadProblem(error: unknown, file: string): unknown {
  const code = systemCode(error)
  return /^E[A-Z]+$/.test(code) ? new Problem("file-unreadable", { reason: code }, { file }) : error
}
