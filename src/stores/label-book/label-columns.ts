import { existsSync } from "node:fs"
import { isDay, type Label, type LabelBook, type LookAlike, stoodOn } from "../../ports/label-book.ts"
import { Problem } from "../../units/problem.ts"
import { Texts } from "../account-ledger/texts.ts"
import type { Column } from "../columns/column.ts"
import { type Columns, openColumns } from "../columns/columns.ts"
import { SortedIndex } from "../columns/sorted-index.ts"
import { RowsById } from "../traced/row-lists.ts"
import { keyOf } from "./key-index.ts"
import { LABELS_LAYOUT, RECORD_BYTES, readRecord } from "./label-record.ts"
import { agreeing, alikeKey, endsOf } from "./look-alike-key.ts"

const MOST_ALIKE = 16
/** The columns of 500,000 labels are 69 MB: a batch of look-ups reads each chunk once. Only what is read takes memory. */
const CACHE_BYTES = 128 << 20

/**
 * @param asOf YYYY-MM-DD
 * @throws Problem `labels-missing`, `labels-not-published`, `labels-damaged`, `labels-other-version`
 */
export function openLabelColumns(folder: string, asOf: string): LabelColumns {
  if (!existsSync(folder)) throw new Problem("labels-missing", { folder })
  if (!isDay(asOf)) throw new Problem("day-malformed", { value: asOf })
  return told(folder, () => new LabelColumns(openColumns(folder, CACHE_BYTES), asOf, folder))
}

/** A label book read from its columns: opening reads what they say of themselves, a look-up a few chunks. */
export class LabelColumns implements LabelBook {
  readonly asOf: string
  readonly count: number
  /** The packs that the columns were made of, by name. */
  readonly packs: readonly string[]
  readonly #folder: string
  readonly #columns: Columns
  readonly #record: Column
  readonly #addresses: Texts
  readonly #texts: Texts
  readonly #byAddress: RowsById
  readonly #index: SortedIndex
  readonly #alike: SortedIndex

  constructor(columns: Columns, asOf: string, folder: string) {
    const { layout, packs } = columns.manifest.extra
    if (layout !== LABELS_LAYOUT) {
      throw new Problem("labels-other-version", { found: String(layout), expected: LABELS_LAYOUT })
    }
    if (!Array.isArray(packs)) throw new Problem("labels-damaged", { reason: "packs" })
    this.asOf = asOf
    this.packs = packs.map(String)
    this.#folder = folder
    this.#columns = columns
    this.#record = columns.column("record")
    if (this.#record.width !== RECORD_BYTES) throw new Problem("labels-damaged", { reason: "record" })
    this.count = this.#record.count
    this.#addresses = new Texts(columns, "address", null)
    this.#texts = new Texts(columns, "text", null)
    this.#byAddress = new RowsById(columns, "address")
    this.#index = new SortedIndex(columns.column("address-key"), columns.column("address-key-id"))
    this.#alike = new SortedIndex(columns.column("alike-key"), columns.column("alike-id"))
  }

  close(): void {
    this.#columns.close()
  }

  labelsOf(address: string): readonly Label[] {
    return this.allOf(address).filter(label => stoodOn(label, this.asOf))
  }

  withdrawnOf(address: string): readonly Label[] {
    return this.allOf(address).filter(({ withdrawn }) => withdrawn !== null && withdrawn <= this.asOf)
  }

  /** Every label of an address, whatever its day. */
  allOf(address: string): readonly Label[] {
    return told(this.#folder, () =>
      this.#index
        .find(keyOf(address))
        .filter(id => this.#addresses.at(id - 1) === address)
        .flatMap(id => this.#byAddress.of(id))
        .map(row => this.labelAt(row)),
    )
  }

  lookAlikesOf(address: string): readonly LookAlike[] {
    const ends = endsOf(address)
    if (ends === null) return []
    return told(this.#folder, () => {
      const found: LookAlike[] = []
      for (const id of this.#alike.find(keyOf(alikeKey(ends)))) {
        const other = this.#addresses.at(id - 1)
        const otherEnds = endsOf(other)
        if (otherEnds === null || otherEnds.kind !== ends.kind || otherEnds.body === ends.body) continue
        const { head, tail } = agreeing(ends.body, otherEnds.body)
        if (head >= ends.head && tail >= ends.tail && this.#known(id))
          found.push({ address: other, head, tail })
      }
      found.sort((a, b) => b.head + b.tail - a.head - a.tail || (a.address < b.address ? -1 : 1))
      return found.slice(0, MOST_ALIKE)
    })
  }

  /** One label for one span. @param row 0 to `count` - 1 */
  labelAt(row: number): Label {
    const bytes = this.#record.bytes(row)
    return readRecord(new DataView(bytes.buffer), 0, {
      addressAt: id => this.#addresses.at(id - 1),
      textAt: id => (id === 0 ? null : this.#texts.at(id - 1)),
    })
  }

  /** A label that came after the day of the question was not known on it. */
  #known(id: number): boolean {
    return this.#byAddress.of(id).some(row => this.labelAt(row).seen <= this.asOf)
  }
}

/** What the columns say of a ledger, said of labels. */
function told<T>(folder: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw asLabelsProblem(error, folder)
  }
}

export function asLabelsProblem(error: unknown, folder: string): unknown {
  if (!(error instanceof Problem)) return error
  if (error.code === "ledger-not-published") return new Problem("labels-not-published", { folder })
  if (error.code === "ledger-damaged") return new Problem("labels-damaged", error.detail)
  if (error.code === "ledger-other-version") return new Problem("labels-other-version", error.detail)
  if (error.code === "ledger-unwritable") return new Problem("labels-unwritable", error.detail)
  return error
}
