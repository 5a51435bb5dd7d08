import type { Label } from "../../ports/label-book.ts"
import {
  numberOf,
  RECORD_BYTES,
  seenOf,
  type TextNumbers,
  withdrawnOf,
  writeRecord,
  writeSeen,
  writeWithdrawn,
} from "./label-record.ts"
import type { PackSection } from "./pack.ts"
import { SpanTable } from "./span-table.ts"

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
}

/**
 * Works out from when to when each label stands. Sections come in the order of their days, whatever order they were
 * imported in: what the book says does not depend on which file came first.
 */
export class Spans {
  readonly table = new SpanTable()
  readonly #ids: TextNumbers
  readonly #standing = new Map<string, number[]>()
  /** The last section that named the label, by row. */
  readonly #named: number[] = []
  /** Whether the same label had stood before and been withdrawn. */
  readonly #again: boolean[] = []
  #section = 0

  constructor(ids: TextNumbers) {
    this.#ids = ids
  }

  take(section: PackSection, labels: Iterable<Label>): SectionCounts {
    const counts: SectionCounts = { added: 0, duplicates: 0, withdrawn: 0, earlier: 0 }
    const day = numberOf(section.day)
    this.#section++
    for (const label of labels) this.#one(label, day, counts, section)
    if (section.complete) this.#withdrawOthers(section, day, counts)
    return counts
  }

  #one(label: Label, day: number, counts: SectionCounts, section: PackSection): void {
    const { table } = this
    const at = table.scratch
    writeRecord(table.view, at, label, this.#ids)
    const known = table.newest()
    if (known === null) {
      this.#open(section, counts, false)
      return
    }
    const ended = withdrawnOf(table.view, known * RECORD_BYTES)
    const seen = seenOf(table.view, at)
    const ends = withdrawnOf(table.view, at)
    const relisted = ended !== 0 && ends === 0 && day >= ended
    if (relisted || (ended !== 0 && ends !== 0 && seen >= ended && ends !== ended)) {
      writeSeen(table.view, at, Math.max(seen, ended))
      this.#open(section, counts, true)
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

  #open(section: PackSection, counts: SectionCounts, again: boolean): void {
    const row = this.table.add()
    this.#named[row] = this.#section
    this.#again[row] = again
    const key = listKey(section)
    const standing = this.#standing.get(key)
    if (standing === undefined) this.#standing.set(key, [row])
    else standing.push(row)
    counts.added++
  }

  #withdrawOthers(section: PackSection, day: number, counts: SectionCounts): void {
    const { view } = this.table
    const left = (this.#standing.get(listKey(section)) ?? []).filter(row => {
      const at = row * RECORD_BYTES
      if (withdrawnOf(view, at) !== 0) return false
      if (this.#named[row] === this.#section || seenOf(view, at) > day) return true
      writeWithdrawn(view, at, day)
      counts.withdrawn++
      return false
    })
    this.#standing.set(listKey(section), left)
  }
}

function listKey({ list, creator }: PackSection): string {
  return JSON.stringify([list, creator])
}
