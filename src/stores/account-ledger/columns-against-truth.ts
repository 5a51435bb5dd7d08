import type { DuckDBConnection } from "@duckdb/node-api"
import type { Column } from "../columns/column.ts"
import type { Columns } from "../columns/columns.ts"
import type { ColumnEntry } from "../columns/manifest.ts"
import { type AccountPublishing, tellAccountColumns } from "./account-publish.ts"
import { accountTip } from "./account-store.ts"
import type { ColumnSink } from "./column-sink.ts"

/** A published column that is not what the tables say, and the first of its values that differs or is missing. */
export interface ColumnDifference {
  readonly column: string
  readonly at: number
}

/** The bytes that a column should have, beside those that it has. */
class ComparedColumn implements ColumnSink {
  readonly #name: string
  readonly #width: number
  readonly #column: Column | null
  readonly #differences: ColumnDifference[]
  #done = 0
  #differs = false

  constructor(name: string, width: number, column: Column | null, differences: ColumnDifference[]) {
    this.#name = name
    this.#width = width
    this.#column = column?.width === width ? column : null
    this.#differences = differences
  }

  write(bytes: Uint8Array): void {
    const from = this.#done / this.#width
    this.#done += bytes.length
    const at = this.#differs ? null : this.#firstDifference(bytes, from)
    if (at !== null) this.#tell(at)
  }

  #firstDifference(bytes: Uint8Array, from: number): number | null {
    if (this.#column === null) return 0
    const end = Math.min(from + bytes.length / this.#width, this.#column.count)
    const there = this.#column.range(Math.min(from, end), end)
    const at = there.findIndex((byte, index) => byte !== bytes[index])
    if (at !== -1) return from + Math.floor(at / this.#width)
    return there.length < bytes.length ? end : null
  }

  #tell(at: number): void {
    this.#differs = true
    this.#differences.push({ column: this.#name, at })
  }

  close(): ColumnEntry {
    const count = this.#done / this.#width
    if (!this.#differs && this.#column?.count !== count) this.#tell(this.#column === null ? 0 : count)
    return { name: this.#name, width: this.#width, count, file: `${this.#name}.col`, crc: 0 }
  }
}

/**
 * Holds every published column to the tables, byte by byte.
 *
 * @returns which differ; "behind" where the columns stand for an earlier block than the last one stored
 * @throws Problem `ledger-damaged` where a column's own checksum does not hold
 */
export async function columnsAgainstTruth(
  connection: DuckDBConnection,
  columns: Columns,
  onProgress?: AccountPublishing["onProgress"],
): Promise<"behind" | readonly ColumnDifference[]> {
  const tip = await accountTip(connection)
  const { height, hash } = columns.manifest.horizon
  if (height !== (tip?.height ?? null) || hash !== (tip?.hash ?? null)) return "behind"
  const known = new Set(columns.manifest.columns.map(({ name }) => name))
  const differences: ColumnDifference[] = []
  const open = (name: string, width: number): ColumnSink => {
    return new ComparedColumn(name, width, known.has(name) ? columns.column(name) : null, differences)
  }
  const publishing = { chain: columns.manifest.chain, ...(onProgress === undefined ? {} : { onProgress }) }
  await tellAccountColumns(connection, open, publishing)
  return differences
}
