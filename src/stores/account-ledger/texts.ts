import { Buffer } from "node:buffer"
import type { Column } from "../columns/column.ts"
import type { Columns } from "../columns/columns.ts"
import { type ColumnEntry, MOST_WIDTH } from "../columns/manifest.ts"
import type { ColumnSink, OpenSink } from "./column-sink.ts"
import { NumberWriter } from "./number-writer.ts"

/**
 * How a list of texts is kept: as the bytes that its hexadecimal digits stand for, where all are as long and begin
 * alike, as hashes do; else as UTF-8, end to end, and where each one ends.
 */
export type TextForm = { readonly prefix: "" | "0x"; readonly bytes: number } | null

/** What a question says of texts: their least and greatest length, and whether all are hexadecimal. */
export function formOf(least: number, most: number, allPlainHex: boolean, all0xHex: boolean): TextForm {
  if (least !== most || least === 0) return null
  const prefix = all0xHex ? "0x" : ""
  const bytes = (least - prefix.length) / 2
  return (all0xHex || allPlainHex) && bytes <= MOST_WIDTH ? { prefix, bytes } : null
}

/** The same of a column of texts, in SQL; nulls count for nothing. */
export function formSql(text: string, from: string): string {
  return `select coalesce(min(length(${text})), 0), coalesce(max(length(${text})), 0),
    coalesce(bool_and(regexp_full_match(${text}, '([0-9a-f]{2})+')), false),
    coalesce(bool_and(regexp_full_match(${text}, '0x([0-9a-f]{2})+')), false) from ${from}`
}

export class TextWriter {
  readonly #form: TextForm
  readonly #bytes: ColumnSink
  readonly #ends: NumberWriter | null
  #end = 0

  constructor(open: OpenSink, name: string, form: TextForm) {
    this.#form = form
    this.#bytes = open(form === null ? `${name}-text` : `${name}-hex`, form?.bytes ?? 1)
    this.#ends = form === null ? new NumberWriter(open, `${name}-end`, 8) : null
  }

  /** Null is an empty text, or as many zero bytes: whether there is one is kept elsewhere. */
  push(text: string | null): void {
    const { prefix, bytes } = this.#form ?? { prefix: "", bytes: 0 }
    if (this.#ends === null) {
      this.#bytes.write(text === null ? new Uint8Array(bytes) : Buffer.from(text.slice(prefix.length), "hex"))
      return
    }
    const utf8 = Buffer.from(text ?? "", "utf8")
    this.#bytes.write(utf8)
    this.#end += utf8.length
    this.#ends.push(this.#end)
  }

  close(): ColumnEntry[] {
    const ends = this.#ends === null ? [] : [this.#ends.close()]
    return [...ends, this.#bytes.close()]
  }
}

/** Texts by their index. */
export class Texts {
  readonly #form: TextForm
  readonly #bytes: Column
  readonly #ends: Column | null

  constructor(columns: Columns, name: string, form: TextForm) {
    this.#form = form
    this.#bytes = columns.column(form === null ? `${name}-text` : `${name}-hex`)
    this.#ends = form === null ? columns.column(`${name}-end`) : null
  }

  get count(): number {
    return (this.#ends ?? this.#bytes).count
  }

  at(index: number): string {
    if (this.#ends === null) {
      return `${this.#form?.prefix}${Buffer.from(this.#bytes.bytes(index)).toString("hex")}`
    }
    const start = index === 0 ? 0 : this.#ends.uint53(index - 1)
    return Buffer.from(this.#bytes.range(start, this.#ends.uint53(index))).toString("utf8")
  }
}
