/** Records exactly as the file columns of DESIGN section 6 hold them, and the files printed from them. */

export interface TransferRow {
  readonly txid: string
  readonly n: number
  /** null is an empty cell: the previous row's height, or unknown where no row before it has one. */
  readonly height: number | null
  readonly time: string
  /** Empty issues. */
  readonly from: string
  /** Empty burns, `?` is unrecorded. */
  readonly to: string
  readonly asset: string
  readonly amount: bigint
  readonly kind?: string
  readonly exchange?: string
  readonly grade?: string
}

export interface OutputRow {
  readonly txid: string
  readonly vout: number
  readonly height: number
  readonly index: number
  readonly time: string
  readonly address: string
  readonly value: bigint
}

export interface InputRow {
  readonly txid: string
  readonly n: number
  readonly spent_txid: string
  readonly spent_vout: number
}

export interface ServiceRow {
  readonly address: string
  readonly service: string
}

export interface TheftRow {
  readonly theft: string
  readonly ref: string
}

type Cell = string | number | bigint | null | undefined

const TRANSFER_COLUMNS = [
  "txid",
  "n",
  "height",
  "time",
  "from",
  "to",
  "asset",
  "amount",
  "kind",
  "exchange",
  "grade",
] as const
const OUTPUT_COLUMNS = ["txid", "vout", "height", "index", "time", "address", "value"] as const
const INPUT_COLUMNS = ["txid", "n", "spent_txid", "spent_vout"] as const
const SERVICE_COLUMNS = ["address", "service"] as const
const THEFT_COLUMNS = ["theft", "ref"] as const

export const printTransfers = (rows: readonly TransferRow[]): string => printCsv(TRANSFER_COLUMNS, rows)
export const printOutputs = (rows: readonly OutputRow[]): string => printCsv(OUTPUT_COLUMNS, rows)
export const printInputs = (rows: readonly InputRow[]): string => printCsv(INPUT_COLUMNS, rows)
export const printServices = (rows: readonly ServiceRow[]): string => printCsv(SERVICE_COLUMNS, rows)
export const printThefts = (rows: readonly TheftRow[]): string => printCsv(THEFT_COLUMNS, rows)

function printCsv<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Partial<Record<Column, Cell>>>[],
): string {
  const lines = [columns.join(",")]
  for (const row of rows) lines.push(columns.map(column => printCell(row[column])).join(","))
  return `${lines.join("\n")}\n`
}

function printCell(cell: Cell): string {
  const text = cell === null || cell === undefined ? "" : String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
