import { Problem } from "../../units/problem.ts"
import type { Column } from "../columns/column.ts"
import type { Columns, Segment } from "../columns/columns.ts"
import { joinedColumn } from "../columns/joined-column.ts"
import {
  HOLDS,
  NO_HOLDS,
  PLAIN_COLUMNS,
  type PlainColumn,
  type UtxoColumn,
  type UtxoHolds,
} from "./utxo-layout.ts"

/** One segment among those of a ledger: which ids are its own. */
export interface UtxoSegment {
  readonly segment: Segment
  readonly holds: UtxoHolds
  readonly first: UtxoHolds
  /** The first ids that are not of it any more. */
  readonly end: UtxoHolds
  /** Its columns as they lie there, which may go on beyond what counts. */
  column(name: UtxoColumn): Column
}

/** The segments of a published ledger of Bitcoin's family, and its columns over all of them. */
export class UtxoSegments {
  readonly all: readonly UtxoSegment[]
  /** What all of them hold together. */
  readonly counts: UtxoHolds
  readonly #joined = new Map<PlainColumn, Column>()

  constructor(segments: readonly Segment[]) {
    let first = NO_HOLDS
    this.all = segments.map(segment => {
      const holds = holdsOf(segment.entry.holds)
      const end = sumOf(first, holds)
      const own = { segment, holds, first, end, column: (name: UtxoColumn) => segment.set.column(name) }
      first = end
      return own
    })
    this.counts = first
  }

  /** @throws Problem `ledger-columns-old` where they were published before there were segments */
  static of(columns: Columns): UtxoSegments {
    if (columns.segments === null) throw new Problem("ledger-columns-old")
    return new UtxoSegments(columns.segments)
  }

  column(name: PlainColumn): Column {
    const known = this.#joined.get(name)
    if (known !== undefined) return known
    const { width, of } = PLAIN_COLUMNS[name]
    const parts = this.all.map(({ holds, column }) => ({ column: column(name), count: holds[of] }))
    const joined = joinedColumn(name, width, parts)
    this.#joined.set(name, joined)
    return joined
  }
}

export function sumOf(a: UtxoHolds, b: UtxoHolds): UtxoHolds {
  return Object.fromEntries(HOLDS.map(what => [what, a[what] + b[what]])) as unknown as UtxoHolds
}

/** @throws Problem `ledger-damaged` */
export function holdsOf(told: Readonly<Record<string, number>>): UtxoHolds {
  for (const what of HOLDS) {
    if (told[what] === undefined) throw new Problem("ledger-damaged", { reason: `manifest.json: ${what}` })
  }
  return told as unknown as UtxoHolds
}
