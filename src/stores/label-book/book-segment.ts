import type { Label } from "../../ports/label-book.ts"
import { Problem } from "../../units/problem.ts"
import { Texts } from "../account-ledger/texts.ts"
import type { Column } from "../columns/column.ts"
import type { Columns } from "../columns/columns.ts"
import { SortedIndex } from "../columns/sorted-index.ts"
import { RowsById } from "../traced/row-lists.ts"
import { columnPrefix, type SegmentFacts } from "./book-manifest.ts"
import { listNumber, RECORD_BYTES, readRecord, TEXT_FIELDS, textNumber } from "./label-record.ts"

const ACTOR = TEXT_FIELDS.indexOf("actor")

/** One segment of a label book, read from its columns: all labels of the addresses that it has. */
export class BookSegment {
  readonly facts: SegmentFacts
  /** How many records it has, and how many addresses and texts, whose numbers begin at 1. */
  readonly count: number
  readonly addressCount: number
  readonly textCount: number
  readonly #record: Column
  readonly #addresses: Texts
  readonly #texts: Texts
  readonly #byAddress: RowsById
  readonly #index: SortedIndex
  readonly #alike: SortedIndex
  /** Two numbers for each list: of its name and of its creator. */
  readonly #list: Column

  constructor(columns: Columns, facts: SegmentFacts) {
    const prefix = columnPrefix(facts.id)
    const named = (name: string) => columns.column(`${prefix}${name}`)
    this.facts = facts
    this.#record = named("record")
    if (this.#record.width !== RECORD_BYTES) throw new Problem("labels-damaged", { reason: "record" })
    this.count = this.#record.count
    this.#addresses = new Texts(columns, `${prefix}address`, null)
    this.addressCount = this.#addresses.count
    this.#texts = new Texts(columns, `${prefix}text`, null)
    this.textCount = this.#texts.count
    this.#byAddress = new RowsById(columns, `${prefix}address`)
    this.#list = named("list")
    this.#index = new SortedIndex(named("address-key"), named("address-key-id"))
    this.#alike = new SortedIndex(named("alike-key"), named("alike-id"))
  }

  /** @param key of the address, `keyOf` @returns its number; 0 where it is not here */
  idOf(address: string, key: Uint8Array): number {
    return this.#index.find(key).find(id => this.addressAt(id) === address) ?? 0
  }

  addressAt(id: number): string {
    return this.#addresses.at(id - 1)
  }

  textAt(id: number): string | null {
    return id === 0 ? null : this.#texts.at(id - 1)
  }

  rowsOf(id: number): readonly number[] {
    return this.#byAddress.of(id)
  }

  /** Numbers of addresses whose ends have this key. */
  alike(key: Uint8Array): readonly number[] {
    return this.#alike.find(key)
  }

  /** The number of a list (`listOf`); null where no label here is of it. */
  listNumber(list: string, creator: string | null): number | null {
    for (let n = 0; n < this.#list.count; n += 2) {
      const [name, by] = [this.#list.u32(n), this.#list.u32(n + 1)]
      if (this.textAt(name) === list && this.textAt(by) === creator) return listNumber(name, by)
    }
    return null
  }

  /** The titles of the lists that it has labels of, in lower case. */
  lists(): ReadonlySet<string> {
    const titles = new Set<string>()
    for (let n = 0; n < this.#list.count; n += 2) {
      titles.add((this.textAt(this.#list.u32(n)) ?? "").toLowerCase())
    }
    return titles
  }

  record(row: number): Uint8Array {
    return this.#record.bytes(row)
  }

  /** All records, end to end. */
  records(): Uint8Array {
    return this.#record.loadAll()
  }

  /** The rows whose `actor` is one of these. */
  rowsNaming(actors: ReadonlySet<string>): readonly { readonly row: number; readonly addressId: number }[] {
    const records = this.records()
    const view = new DataView(records.buffer, records.byteOffset, records.byteLength)
    const known = new Map<number, boolean>([[0, false]])
    const rows: { readonly row: number; readonly addressId: number }[] = []
    for (let row = 0; row < this.count; row++) {
      const at = row * RECORD_BYTES
      const text = textNumber(view, at, ACTOR)
      const isNamed = known.get(text) ?? actors.has(this.textAt(text) ?? "")
      known.set(text, isNamed)
      if (isNamed) rows.push({ row, addressId: view.getUint32(at, true) })
    }
    return rows
  }

  labelAt(row: number): Label {
    const bytes = this.record(row)
    return readRecord(new DataView(bytes.buffer), 0, this)
  }
}
