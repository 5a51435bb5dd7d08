import { isActorRow } from "./actor-row.ts"
import type { BookColumns } from "./book-columns.ts"
import type { SegmentFacts } from "./book-manifest.ts"
import type { BookSegment } from "./book-segment.ts"
import { hiddenIn } from "./hidden-addresses.ts"
import { keyOf } from "./key-index.ts"
import {
  isDated,
  listOf,
  RECORD_BYTES,
  seenOf,
  TEXT_FIELDS,
  textNumber,
  writeTextNumber,
} from "./label-record.ts"
import { labelsIn, SeenDaysCount, without } from "./seen-days.ts"
import type { SpanTable } from "./span-table.ts"

/**
 * What older segments have, brought into the segment that is being made: an address with all of its labels, so that what
 * the new segment says of it is all there is. Segments that are kept stay as they are, and their labels of such
 * addresses are hidden from now on; segments that are folded into the new one go away.
 */
export class OlderRows {
  readonly #kept: readonly BookSegment[]
  readonly #folded: readonly BookSegment[]
  readonly #columns: BookColumns
  readonly #hidden = new Map<BookSegment, SeenDaysCount>()
  readonly #textIds = new Map<BookSegment, Uint32Array>()

  /** Both oldest first; those that are folded are the newest. */
  constructor(kept: readonly BookSegment[], folded: readonly BookSegment[], columns: BookColumns) {
    this.#kept = kept
    this.#folded = folded
    this.#columns = columns
  }

  /** Whether there is anything to look into. */
  get isThere(): boolean {
    return this.#kept.length > 0
  }

  /**
   * Brings everything that the folded segments have. What the kept ones have of the same addresses is hidden already.
   *
   * @param take takes each record that has been written into the table's scratch
   */
  fold(table: SpanTable, take: () => void): void {
    const hidden = hiddenIn(this.#folded)
    for (const [n, segment] of this.#folded.entries()) {
      const records = segment.records()
      for (let id = 1; id <= segment.addressCount; id++) {
        if (hidden[n]?.has(id)) continue
        const address = segment.addressAt(id)
        this.#bring(segment, address, this.#rows(segment, id, records), table, take)
      }
    }
  }

  /** Brings one address that is not in the new segment yet. */
  load(address: string, table: SpanTable, take: () => void): void {
    const found = this.#find(address)
    if (found === null) return
    const rows = found.segment.rowsOf(found.id).map(row => found.segment.record(row))
    this.#hide(found.segment, address, rows)
    this.#bring(found.segment, address, rows, table, take)
  }

  /** Brings every address that has a label of this list. */
  loadList(list: string, creator: string | null, table: SpanTable, take: () => void): void {
    for (const segment of this.#kept) {
      const number = segment.listNumber(list, creator)
      if (number === null) continue
      const records = segment.records()
      const view = new DataView(records.buffer, records.byteOffset, records.length)
      for (let at = 0; at < records.length; at += RECORD_BYTES) {
        if (listOf(view, at) !== number) continue
        const address = segment.addressAt(view.getUint32(at, true))
        if (!this.#columns.hasAddress(address)) this.load(address, table, take)
      }
    }
  }

  /** The kept segments, with what is hidden of them now. */
  keptFacts(): readonly SegmentFacts[] {
    return this.#kept.map(segment => {
      const { facts } = segment
      const hidden = this.#hidden.get(segment)?.days ?? []
      return { ...facts, hidden: facts.hidden + labelsIn(hidden), days: without(facts.days, hidden) }
    })
  }

  *#rows(segment: BookSegment, id: number, records: Uint8Array): Generator<Uint8Array, void, undefined> {
    for (const row of segment.rowsOf(id)) yield records.subarray(row * RECORD_BYTES, (row + 1) * RECORD_BYTES)
  }

  #find(address: string): { readonly segment: BookSegment; readonly id: number } | null {
    const key = keyOf(address)
    for (let n = this.#kept.length - 1; n >= 0; n--) {
      const segment = this.#kept[n]
      const id = segment?.idOf(address, key) ?? 0
      if (segment !== undefined && id !== 0) return { segment, id }
    }
    return null
  }

  #hide(segment: BookSegment, address: string, rows: readonly Uint8Array[]): void {
    if (isActorRow(address)) return
    const hidden = this.#hidden.get(segment) ?? new SeenDaysCount()
    this.#hidden.set(segment, hidden)
    for (const row of rows) {
      const view = new DataView(row.buffer, row.byteOffset, row.length)
      hidden.add(seenOf(view, 0), 1, isDated(view, 0) ? 1 : 0)
    }
  }

  #bring(
    segment: BookSegment,
    address: string,
    rows: Iterable<Uint8Array>,
    table: SpanTable,
    take: () => void,
  ): void {
    const id = this.#columns.addressId(address)
    for (const row of rows) {
      const at = table.scratch
      table.write(at, row)
      const { view } = table
      view.setUint32(at, id, true)
      for (let field = 0; field < TEXT_FIELDS.length; field++) {
        const text = textNumber(view, at, field)
        if (text !== 0) writeTextNumber(view, at, field, this.#textId(segment, text))
      }
      take()
    }
  }

  /** The number that a text of an older segment has in the new one. */
  #textId(segment: BookSegment, old: number): number {
    const known = this.#textIds.get(segment) ?? new Uint32Array(segment.textCount + 1)
    this.#textIds.set(segment, known)
    const id = known[old] || this.#columns.textId(segment.textAt(old))
    known[old] = id
    return id
  }
}
