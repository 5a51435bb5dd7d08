import { parse } from "csv-parse/sync"
import type { Hex } from "viem"
import { EthereumFault } from "../../chains/ethereum/fault.ts"
import { MAX_AMOUNT } from "../../units/amount.ts"
import { parseExactJson } from "./exact-json.ts"

const DECIMAL = /^(0|[1-9][0-9]{0,77})$/
const HEX = /^0x(?:[0-9a-fA-F]{2})*$/

/** A line of CSV as its fields. No field of an export has a line break in it. */
export function splitCsv(line: string): string[] {
  if (!line.includes('"')) return line.split(",")
  const records = parse(line) as string[][]
  return records[0] ?? []
}

/** One row of an export, from CSV or JSON, its columns read by what they must be. Empty and null are the same. */
export class ExportRow {
  readonly #columns: ReadonlyMap<string, unknown>
  readonly #table: string

  constructor(table: string, columns: ReadonlyMap<string, unknown>) {
    this.#table = table
    this.#columns = columns
  }

  fail(column: string, reason: ConstructorParameters<typeof EthereumFault>[0]): never {
    throw new EthereumFault(reason, `${this.#table}.${column}`)
  }

  isAbsent(column: string): boolean {
    const value = this.#columns.get(column)
    return value === undefined || value === null || value === ""
  }

  maybe<Value>(column: string, read: (row: ExportRow, column: string) => Value): Value | null {
    return this.isAbsent(column) ? null : read(this, column)
  }

  text(column: string): string {
    const value = this.#columns.get(column)
    return typeof value === "string" && value !== "" ? value : this.fail(column, "not text")
  }

  amount(column: string): bigint {
    const text = this.text(column)
    const amount = DECIMAL.test(text) ? BigInt(text) : this.fail(column, "not a quantity")
    return amount <= MAX_AMOUNT ? amount : this.fail(column, "out of range")
  }

  integer(column: string): number {
    const amount = this.amount(column)
    return amount <= 0x1f_ffff_ffff_ffffn ? Number(amount) : this.fail(column, "out of range")
  }

  data(column: string): Hex {
    // ethereum-etl leaves empty data out of some rows.
    const text = this.isAbsent(column) ? "0x" : this.text(column)
    return HEX.test(text) ? (text.toLowerCase() as Hex) : this.fail(column, "not hexadecimal")
  }

  bytes(column: string, length: number): Hex {
    const data = this.data(column)
    return data.length === 2 + 2 * length ? data : this.fail(column, "wrong length")
  }

  hash(column: string): Hex {
    return this.bytes(column, 32)
  }

  address(column: string): Hex {
    return this.bytes(column, 20)
  }

  /** A list of words: an array in JSON, words with commas between them in CSV. */
  words(column: string): string[] {
    if (this.isAbsent(column)) return []
    const value = this.#columns.get(column)
    const words: unknown[] = Array.isArray(value) ? value : this.text(column).split(",")
    return words.map(word => (typeof word === "string" ? word.trim() : this.fail(column, "not text")))
  }

  hashes(column: string): Hex[] {
    return this.words(column).map(word => {
      if (!HEX.test(word)) return this.fail(column, "not hexadecimal")
      return word.length === 66 ? (word.toLowerCase() as Hex) : this.fail(column, "wrong length")
    })
  }

  /** A list of rows: an array in JSON, in CSV its text, with or without the brackets around it. */
  rows(column: string): ExportRow[] {
    if (this.isAbsent(column)) return []
    const items = this.#items(column)
    return items.map(item => {
      if (typeof item !== "object" || item === null || Array.isArray(item)) {
        return this.fail(column, "not an object")
      }
      return new ExportRow(`${this.#table}.${column}`, new Map(Object.entries(item)))
    })
  }

  #items(column: string): unknown[] {
    const value = this.#columns.get(column)
    if (Array.isArray(value)) return value as unknown[]
    const text = this.text(column)
    try {
      const items = parseExactJson(text.startsWith("[") ? text : `[${text}]`)
      if (Array.isArray(items)) return items as unknown[]
    } catch {
      // Said below.
    }
    return this.fail(column, "not a list")
  }
}
