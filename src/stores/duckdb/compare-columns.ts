import type { LedgerFault } from "../../ledger/ledger-fault.ts"
import { Problem } from "../../units/problem.ts"
import type { Column } from "../columns/column.ts"
import type { Columns } from "../columns/columns.ts"
import type { Database } from "./database.ts"
import { type ColumnSink, tellColumns } from "./utxo-columns.ts"
import { utxoTip } from "./utxo-tip.ts"

/** A published column beside what the tables say it is; the first byte that differs is remembered. */
export class ComparedColumn implements ColumnSink {
  readonly #column: Column
  #at = 0
  #differs: number | null = null

  constructor(columns: Columns, name: string) {
    this.#column = columns.column(name)
  }

  write(bytes: Uint8Array): void {
    if (this.#differs !== null) return
    const { width, count } = this.#column
    const from = this.#at / width
    const end = Math.min(from + bytes.length / width, count)
    const there = this.#column.range(from, end)
    this.#at += bytes.length
    if (there.length < bytes.length || !Buffer.from(there).equals(bytes)) this.#differs = from
  }

  /** After the last byte: where it differs, or that it holds more than the tables. */
  *faults(): Generator<LedgerFault> {
    const { name, width, count } = this.#column
    const first = this.#differs ?? (this.#at / width < count ? this.#at / width : null)
    if (first !== null) yield { code: "columns-differ", at: `${name} ${first}` }
  }
}

/**
 * Holds every published column to the tables; where they stand for an earlier block that is said, and no more.
 *
 * @throws Problem `ledger-without-owners` where they were published before there were outputs by owner
 */
export async function compareUtxoColumns(
  database: Database,
  columns: Columns,
): Promise<readonly LedgerFault[]> {
  const tip = await utxoTip(database)
  const { height, hash } = columns.manifest.horizon
  if (height !== (tip?.height ?? null) || hash !== (tip?.hash ?? null)) {
    return [{ code: "columns-behind", at: `${height ?? "-"}` }]
  }
  if (!columns.manifest.columns.some(({ name }) => name === "owner-output")) {
    throw new Problem("ledger-without-owners")
  }
  const faults: LedgerFault[] = []
  await tellColumns(
    database,
    name => new ComparedColumn(columns, name),
    () => {},
    column => {
      faults.push(...column.faults())
    },
  )
  return faults
}
