import { type Column, StoredColumn } from "./column.ts"
import { ColumnFile } from "./column-file.ts"
import type { ColumnEntry } from "./manifest.ts"
import type { PageCache } from "./page-cache.ts"

/** The columns of one folder, their files open. */
export class ColumnSet {
  /** Each column's files, for who reads them from end to end. */
  readonly files: readonly ColumnFile[]
  readonly #columns: ReadonlyMap<string, Column>

  private constructor(files: readonly ColumnFile[], cache: PageCache) {
    this.files = files
    this.#columns = new Map(files.map(file => [file.entry.name, new StoredColumn(file, cache)]))
  }

  /**
   * @param prefix stands before a file's name where something is wrong with it
   * @throws Problem `ledger-damaged`; errors of the system
   */
  static open(folder: string, entries: readonly ColumnEntry[], cache: PageCache, prefix: string): ColumnSet {
    const files: ColumnFile[] = []
    try {
      for (const entry of entries) files.push(new ColumnFile(folder, entry, prefix))
    } catch (error) {
      for (const file of files) file.close()
      throw error
    }
    return new ColumnSet(files, cache)
  }

  /** @throws Error for a name that is not there: which ones are is the format's promise */
  column(name: string): Column {
    const column = this.#columns.get(name)
    if (column === undefined) throw new Error(`columns: there is none called "${name}"`)
    return column
  }

  /** Nothing can be read any more. */
  close(): void {
    for (const file of this.files) file.close()
  }
}
