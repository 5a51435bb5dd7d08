import type { OpenSink } from "../account-ledger/column-sink.ts"
import { ColumnWriter } from "../columns/column-writer.ts"

/** The columns that are being written into one folder, to be let go of together. */
export class ColumnWriters {
  readonly #folder: string
  readonly #writers: ColumnWriter[] = []

  constructor(folder: string) {
    this.#folder = folder
  }

  open(prefix: string): OpenSink {
    return (name, width) => {
      const writer = new ColumnWriter(this.#folder, `${prefix}${name}`, width)
      this.#writers.push(writer)
      return writer
    }
  }

  abandon(): void {
    for (const writer of this.#writers) writer.abandon()
  }
}
