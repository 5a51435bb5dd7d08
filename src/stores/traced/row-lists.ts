import type { OpenSink } from "../account-ledger/column-sink.ts"
import { NumberWriter } from "../account-ledger/number-writer.ts"
import type { Column } from "../columns/column.ts"
import type { Columns } from "../columns/columns.ts"
import type { ColumnEntry } from "../columns/manifest.ts"

/** Which rows belong to which id, collected in memory at four bytes a row. */
export class RowLists {
  #ids = new Uint32Array(1024)
  #count = 0

  /** The id of the next row; 0 for none. */
  push(id: number): void {
    if (this.#count === this.#ids.length) {
      const wider = new Uint32Array(this.#count * 2)
      wider.set(this.#ids)
      this.#ids = wider
    }
    this.#ids[this.#count++] = id
  }

  /** @param most the highest id that there is */
  write(open: OpenSink, name: string, most: number): ColumnEntry[] {
    const first = new Uint32Array(most + 2)
    for (let row = 0; row < this.#count; row++)
      first[this.#idOf(row) + 1] = (first[this.#idOf(row) + 1] ?? 0) + 1
    for (let id = 1; id < first.length; id++) first[id] = (first[id] ?? 0) + (first[id - 1] ?? 0)
    const next = first.slice()
    const rows = new Uint32Array(this.#count)
    for (let row = 0; row < this.#count; row++) {
      const id = this.#idOf(row)
      const at = next[id] ?? 0
      rows[at] = row
      next[id] = at + 1
    }
    return [numbers(open, `${name}-first`, first), numbers(open, `${name}-row`, rows)]
  }

  #idOf(row: number): number {
    return this.#ids[row] ?? 0
  }
}

function numbers(open: OpenSink, name: string, values: Uint32Array): ColumnEntry {
  const writer = new NumberWriter(open, name, 4)
  for (const value of values) writer.push(value)
  return writer.close()
}

/** The rows of an id, read back. */
export class RowsById {
  readonly #first: Column
  readonly #row: Column

  constructor(columns: Columns, name: string) {
    this.#first = columns.column(`${name}-first`)
    this.#row = columns.column(`${name}-row`)
  }

  of(id: number): number[] {
    const from = this.#first.u32(id)
    return Array.from({ length: this.#first.u32(id + 1) - from }, (_, n) => this.#row.u32(from + n))
  }
}
