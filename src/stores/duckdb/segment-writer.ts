import { ColumnWriter } from "../columns/column-writer.ts"
import type { ColumnEntry, SegmentEntry } from "../columns/manifest.ts"
import { holdsOfCounts, type UtxoColumn, WIDTHS } from "../utxo-ledger/utxo-layout.ts"

/** Writes the columns of a segment into a folder. */
export class SegmentWriter {
  readonly #folder: string
  readonly #entries: ColumnEntry[] = []
  readonly #open = new Set<ColumnWriter>()

  constructor(folder: string) {
    this.#folder = folder
  }

  readonly open = (name: UtxoColumn): ColumnWriter => {
    const writer = new ColumnWriter(this.#folder, name, WIDTHS.get(name) ?? 0)
    this.#open.add(writer)
    return writer
  }

  readonly close = (writer: ColumnWriter): void => {
    this.#open.delete(writer)
    this.#entries.push(writer.close())
  }

  /** What it is when all of its columns are closed: all of it counts. */
  entry(generation: number): SegmentEntry {
    const counts = new Map(this.#entries.map(({ name, count }) => [name, count]))
    return { generation, holds: { ...holdsOfCounts(counts) }, columns: this.#entries }
  }

  /** Lets go of files whose folder is not going to be published. */
  abandon(): void {
    for (const writer of this.#open) writer.abandon()
  }
}
