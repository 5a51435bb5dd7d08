import { existsSync, statSync } from "node:fs"
import type { LabelActor } from "../../ports/label-actor.ts"
import { isDay, type Label, type LabelBook, type LookAlike, stoodOn } from "../../ports/label-book.ts"
import { Problem } from "../../units/problem.ts"
import { type Columns, openColumns } from "../columns/columns.ts"
import { actorOfRow, actorPlace, aliasPlace, isActorRow, isAliasRow } from "./actor-row.ts"
import { MOST_OF_ONE_END } from "./book-columns.ts"
import { packsOf, segmentsOf } from "./book-manifest.ts"
import { BookSegment } from "./book-segment.ts"
import { hiddenIn } from "./hidden-addresses.ts"
import { keyOf } from "./key-index.ts"
import { inOrder } from "./label-order.ts"
import { dayText, numberOf } from "./label-record.ts"
import { agreeing, alikeKey, endsOf } from "./look-alike-key.ts"
import { seenBy } from "./seen-days.ts"

const MOST_ALIKE = 16
/** The columns of 500,000 labels are 69 MB: a batch of look-ups reads each chunk once. Only what is read takes memory. */
export const CACHE_BYTES = 128 << 20

/**
 * @param asOf YYYY-MM-DD
 * @throws Problem `labels-missing`, `labels-not-published`, `labels-damaged`, `labels-other-version`
 */
export function openLabelColumns(folder: string, asOf: string): LabelColumns {
  if (!existsSync(folder)) throw new Problem("labels-missing", { folder })
  if (!statSync(folder).isDirectory()) throw new Problem("labels-no-folder", { folder })
  if (!isDay(asOf)) throw new Problem("day-malformed", { value: asOf })
  return told(folder, () => new LabelColumns(openColumns(folder, CACHE_BYTES), asOf, folder))
}

/**
 * A label book read from its columns: opening reads what they say of themselves, a look-up a few chunks. Its index is one
 * segment or a few: what the newest that has an address says of it is all there is.
 */
export class LabelColumns implements LabelBook {
  readonly asOf: string
  readonly count: number
  readonly newest: string | null
  readonly #folder: string
  readonly #columns: Columns
  readonly #oldestFirst: readonly BookSegment[]
  readonly #newestFirst: readonly BookSegment[]
  /** What was asked last: standing and withdrawn labels are asked one after the other. */
  #last: { readonly address: string; readonly labels: readonly Label[] } | null = null

  constructor(columns: Columns, asOf: string, folder: string) {
    const segments = segmentsOf(columns.manifest)
    this.asOf = asOf
    const { count, newest } = seenBy(
      segments.map(({ days }) => days),
      numberOf(asOf),
    )
    this.count = count
    this.newest = newest === 0 ? null : dayText(newest)
    this.#folder = folder
    this.#columns = columns
    this.#oldestFirst = segments.map(facts => new BookSegment(columns, facts))
    this.#newestFirst = this.#oldestFirst.toReversed()
  }

  /** The names of the packs that the index was made of: the book has changed where they have. */
  packNames(): readonly string[] {
    return told(this.#folder, () => packsOf(this.#columns).map(({ name }) => name))
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

  laterOf(address: string): readonly Label[] {
    return this.allOf(address).filter(({ seen }) => seen > this.asOf)
  }

  /** Whether any label, of whatever day, is of a list of this title, whatever the case of its letters. */
  hasList(title: string): boolean {
    const wanted = title.toLowerCase()
    return told(this.#folder, () => this.#oldestFirst.some(segment => segment.lists().has(wanted)))
  }

  /** Every label of an address, whatever its day. */
  allOf(address: string): readonly Label[] {
    if (this.#last?.address === address) return this.#last.labels
    const labels = told(this.#folder, () => this.#read(address))
    this.#last = { address, labels }
    return labels
  }

  lookAlikesOf(address: string): readonly LookAlike[] {
    const ends = endsOf(address)
    if (ends === null) return []
    return told(this.#folder, () => {
      const key = keyOf(alikeKey(ends))
      const seen = new Set<string>()
      for (const segment of this.#oldestFirst) {
        for (const id of segment.alike(key)) {
          if (seen.size < MOST_OF_ONE_END) seen.add(segment.addressAt(id))
        }
      }
      const found: LookAlike[] = []
      for (const other of seen) {
        const otherEnds = endsOf(other)
        if (otherEnds === null || otherEnds.kind !== ends.kind || otherEnds.body === ends.body) continue
        const { head, tail } = agreeing(ends.body, otherEnds.body)
        if (head >= ends.head && tail >= ends.tail && this.#known(other))
          found.push({ address: other, head, tail })
      }
      found.sort((a, b) => b.head + b.tail - a.head - a.tail || (a.address < b.address ? -1 : 1))
      return found.slice(0, MOST_ALIKE)
    })
  }

  actorsOf(name: string): readonly LabelActor[] {
    const rows = [actorPlace(name), aliasPlace(name)].flatMap(place => this.labelsOf(place))
    return rows.map(actorOfRow)
  }

  /** The labels that name one of these in `actor`, on the day: read through from end to end, for one question. */
  labelledAs(names: readonly string[]): LabelledAs {
    const wanted = new Set(names)
    const found: LabelledAs = { labels: 0, withdrawn: 0, later: 0, addresses: new Set(), lists: new Map() }
    const hidden = told(this.#folder, () => hiddenIn(this.#oldestFirst))
    for (const [n, segment] of this.#oldestFirst.entries()) {
      for (const row of told(this.#folder, () => segment.rowsNaming(wanted))) {
        if (hidden[n]?.has(row.addressId)) continue
        const label = told(this.#folder, () => segment.labelAt(row.row))
        if (!isActorRow(label.address)) countIn(found, label, this.asOf)
      }
    }
    return found
  }

  /** Every actor, one for each span of days. */
  *actors(): Generator<LabelActor, void, undefined> {
    for (const row of this.#all()) {
      if (isActorRow(row.address) && !isAliasRow(row.address)) yield actorOfRow(row)
    }
  }

  /** Every label, one for each span of days, those of one segment after those of another. */
  *labels(): Generator<Label, void, undefined> {
    for (const label of this.#all()) if (!isActorRow(label.address)) yield label
  }

  *#all(): Generator<Label, void, undefined> {
    const hidden = told(this.#folder, () => hiddenIn(this.#oldestFirst))
    for (const [n, segment] of this.#oldestFirst.entries()) {
      for (let id = 1; id <= segment.addressCount; id++) {
        if (hidden[n]?.has(id)) continue
        yield* told(this.#folder, () => segment.rowsOf(id).map(row => segment.labelAt(row)))
      }
    }
  }

  #read(address: string): readonly Label[] {
    const key = keyOf(address)
    for (const segment of this.#newestFirst) {
      const id = segment.idOf(address, key)
      if (id !== 0) return inOrder(segment.rowsOf(id).map(row => segment.labelAt(row)))
    }
    return []
  }

  /** A label that came after the day of the question was not known on it. */
  #known(address: string): boolean {
    return this.#read(address).some(({ seen }) => seen <= this.asOf)
  }
}

/** What names an actor: counts, the addresses of what stands, and of each list how many. */
export interface LabelledAs {
  labels: number
  withdrawn: number
  later: number
  readonly addresses: Set<string>
  readonly lists: Map<string, number>
}

function countIn(found: LabelledAs, label: Label, asOf: string): void {
  if (label.seen > asOf) found.later++
  else if (!stoodOn(label, asOf)) found.withdrawn++
  else {
    found.labels++
    found.addresses.add(label.address)
    found.lists.set(label.list, (found.lists.get(label.list) ?? 0) + 1)
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
