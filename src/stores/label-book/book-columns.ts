import type { OpenSink } from "../account-ledger/column-sink.ts"
import { NumberWriter } from "../account-ledger/number-writer.ts"
import { TextWriter } from "../account-ledger/texts.ts"
import type { ColumnEntry } from "../columns/manifest.ts"
import { RowLists } from "../traced/row-lists.ts"
import { TextIds } from "../traced/text-ids.ts"
import { KeyIndex } from "./key-index.ts"
import { listOf, listTexts, RECORD_BYTES, type TextNumbers } from "./label-record.ts"
import { alikeKey, endsOf } from "./look-alike-key.ts"
import type { SpanTable } from "./span-table.ts"

/** Of the addresses that share their ends; more would be a list made to slow a look-up down. */
export const MOST_OF_ONE_END = 256

/** Writes the columns of one segment of a label book: texts as they come, the rest at the end. */
export class BookColumns implements TextNumbers {
  readonly #open: OpenSink
  readonly #texts: TextIds
  readonly #addresses: TextWriter
  readonly #ids = new Map<string, number>()
  readonly #index = new KeyIndex()
  readonly #alike = new KeyIndex()

  constructor(open: OpenSink) {
    this.#open = open
    this.#texts = new TextIds(open, "text")
    this.#addresses = new TextWriter(open, "address", null)
  }

  textId(text: string | null): number {
    return this.#texts.idOf(text)
  }

  hasAddress(address: string): boolean {
    return this.#ids.has(address)
  }

  /** The addresses so far, that of number 1 first. */
  addresses(): readonly string[] {
    return [...this.#ids.keys()]
  }

  addressId(address: string): number {
    const known = this.#ids.get(address)
    if (known !== undefined) return known
    const id = this.#ids.size + 1
    this.#ids.set(address, id)
    this.#addresses.push(address)
    this.#index.push(address, id)
    const ends = endsOf(address)
    if (ends !== null) this.#alike.push(alikeKey(ends), id)
    return id
  }

  close(table: SpanTable): ColumnEntry[] {
    const byAddress = new RowLists()
    for (let row = 0; row < table.count; row++) byAddress.push(table.view.getUint32(row * RECORD_BYTES, true))
    const records = this.#open("record", RECORD_BYTES)
    records.write(table.bytes)
    return [
      records.close(),
      this.#lists(table),
      ...byAddress.write(this.#open, "address", this.#ids.size),
      ...this.#addresses.close(),
      ...this.#texts.close(),
      ...this.#index.write(this.#open, "address-key", "address-key-id", Number.POSITIVE_INFINITY),
      ...this.#alike.write(this.#open, "alike-key", "alike-id", MOST_OF_ONE_END),
    ]
  }

  /** Which lists there are, so that one is looked for in its own segments only. */
  #lists(table: SpanTable): ColumnEntry {
    const lists = new Set<number>()
    for (let row = 0; row < table.count; row++) lists.add(listOf(table.view, row * RECORD_BYTES))
    const numbers = new NumberWriter(this.#open, "list", 4)
    for (const list of lists) for (const text of listTexts(list)) numbers.push(text)
    return numbers.close()
  }
}
