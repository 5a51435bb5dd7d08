import type { Label } from "../../ports/label-book.ts"
import { ACTOR_NETWORK, ALIAS_NETWORK, isAliasRow } from "./actor-row.ts"
import type { BookColumns } from "./book-columns.ts"
import {
  isDated,
  listNumber,
  listOf,
  numberOf,
  RECORD_BYTES,
  seenOf,
  TEXT_FIELDS,
  textNumber,
  withdrawnOf,
  writeRecord,
  writeSeen,
  writeWithdrawn,
} from "./label-record.ts"
import type { OlderRows } from "./older-rows.ts"
import type { PackSection } from "./pack.ts"
import { type SeenDays, SeenDaysCount } from "./seen-days.ts"
import { SpanTable } from "./span-table.ts"
import { SparedByRejects, type SparedLabels } from "./spared-labels.ts"

const NETWORK = TEXT_FIELDS.indexOf("network")

/** What one section did to the book. */
export interface SectionCounts {
  /** Labels that began to stand with it. */
  added: number
  /** Labels that stood already, or stood in the same file before. */
  duplicates: number
  /** Labels of the same list that it ended, being the whole list without them. */
  withdrawn: number
  /** Labels that stood already, but were known earlier than was thought. */
  earlier: number
  /** Labels that it would have ended, had an entry that was not taken not perhaps meant them. */
  spared?: SparedLabels
}

/**
 * Works out from when to when each label stands. Sections of one list come in the order of their days, whatever order
 * they were imported in: what the book says does not depend on which file came first. Sections of different lists have
 * nothing to do with each other, since its list is part of what makes a label this one.
 */
export class Spans {
  readonly table = new SpanTable()
  readonly #columns: BookColumns
  readonly #older: OlderRows
  /** Lists that are worked out anew, from their first section on, by number. */
  readonly #anew = new Set<number>()
  readonly #standing = new Map<number, number[]>()
  /** The last section that named the label, by row. */
  readonly #named: number[] = []
  /** Whether the same label had stood before and been withdrawn. */
  readonly #again: boolean[] = []
  #section = 0

  constructor(columns: BookColumns, older: OlderRows) {
    this.#columns = columns
    this.#older = older
  }

  /** The records that are labels of addresses, by the day on which they were first seen. */
  get days(): SeenDays {
    const others = [ACTOR_NETWORK, ALIAS_NETWORK].map(network => this.#columns.textId(network))
    const { view, count } = this.table
    const days = new SeenDaysCount()
    for (let at = 0; at < count * RECORD_BYTES; at += RECORD_BYTES) {
      if (!others.includes(textNumber(view, at, NETWORK)))
        days.add(seenOf(view, at), 1, isDated(view, at) ? 1 : 0)
    }
    return days.days
  }

  /** Takes over what is folded into this segment. Before it, `beginAnew` for the lists of which nothing is to be taken. */
  fold(): void {
    this.#older.fold(this.table, () => this.#restore())
  }

  /** What older segments say of a list does not count: all of its sections are taken again. */
  beginAnew(list: string, creator: string | null): void {
    this.#anew.add(this.#listNumber(list, creator))
  }

  /** Takes over every address of a list. */
  load({ list, creator }: Pick<PackSection, "list" | "creator">): void {
    this.#older.loadList(list, creator, this.table, () => this.#restore())
  }

  take(section: PackSection, labels: Iterable<Label>): SectionCounts {
    const counts: SectionCounts = { added: 0, duplicates: 0, withdrawn: 0, earlier: 0 }
    const none: SectionCounts = { ...counts }
    const day = numberOf(section.day)
    const list = this.#listNumber(section.list, section.creator)
    this.#section++
    if (section.complete) this.load(section)
    let taken = 0
    for (const label of labels) {
      taken++
      this.#one(label, day, isAliasRow(label.address) ? none : counts, list)
    }
    // A file of which nothing was taken says nothing of what its list holds no more.
    if (section.complete && taken > 0) this.#withdrawOthers(list, day, counts, section)
    return counts
  }

  #one(label: Label, day: number, counts: SectionCounts, list: number): void {
    const { table } = this
    if (this.#older.isThere && !this.#columns.hasAddress(label.address)) {
      this.#older.load(label.address, table, () => this.#restore())
    }
    const at = table.scratch
    writeRecord(table.view, at, label, this.#columns)
    const known = table.newest()
    if (known === null) {
      this.#open(list, counts, false)
      return
    }
    const ended = withdrawnOf(table.view, known * RECORD_BYTES)
    const seen = seenOf(table.view, at)
    const ends = withdrawnOf(table.view, at)
    const relisted = ended !== 0 && ends === 0 && day >= ended
    if (relisted || (ended !== 0 && ends !== 0 && seen >= ended && ends !== ended)) {
      writeSeen(table.view, at, Math.max(seen, ended))
      this.#open(list, counts, true)
      return
    }
    this.#named[known] = this.#section
    counts.duplicates++
    if (ended === 0 && ends !== 0) {
      writeWithdrawn(
        table.view,
        known * RECORD_BYTES,
        Math.max(ends, seenOf(table.view, known * RECORD_BYTES)),
      )
      counts.withdrawn++
    }
    if (seen < seenOf(table.view, known * RECORD_BYTES) && this.#again[known] !== true) {
      writeSeen(table.view, known * RECORD_BYTES, seen)
      counts.earlier++
    }
  }

  #open(list: number, counts: SectionCounts, again: boolean): void {
    this.#add(list, again, this.#section)
    counts.added++
  }

  /** A label that an older segment has, as it stands there: the record is in the table's scratch. */
  #restore(): void {
    const list = listOf(this.table.view, this.table.count * RECORD_BYTES)
    if (!this.#anew.has(list)) this.#add(list, this.table.newest() !== null, 0)
  }

  #add(list: number, again: boolean, section: number): void {
    const row = this.table.add()
    this.#named[row] = section
    this.#again[row] = again
    const standing = this.#standing.get(list)
    if (standing === undefined) this.#standing.set(list, [row])
    else standing.push(row)
  }

  #withdrawOthers(list: number, day: number, counts: SectionCounts, section: PackSection): void {
    const { view } = this.table
    const alias = this.#columns.textId(ALIAS_NETWORK)
    const rejects = new SparedByRejects(section, this.#columns)
    const left = (this.#standing.get(list) ?? []).filter(row => {
      const at = row * RECORD_BYTES
      if (withdrawnOf(view, at) !== 0) return false
      if (this.#named[row] === this.#section || seenOf(view, at) > day) return true
      const isAlias = textNumber(view, at, NETWORK) === alias
      if (rejects.spare(view.getUint32(at, true), isAlias)) return true
      writeWithdrawn(view, at, day)
      if (!isAlias) counts.withdrawn++
      return false
    })
    this.#standing.set(list, left)
    if (rejects.spared.count > 0) counts.spared = rejects.spared
  }

  #listNumber(list: string, creator: string | null): number {
    return listNumber(this.#columns.textId(list), this.#columns.textId(creator))
  }
}
