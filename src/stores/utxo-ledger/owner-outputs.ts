import type { Column } from "../columns/column.ts"
import type { UtxoSegment, UtxoSegments } from "./utxo-segments.ts"

/** Outputs by owner, over all segments: those of one after those of the one before are in chain order. */
export class OwnerOutputs {
  readonly #parts: readonly PartOutputs[]

  constructor(segments: UtxoSegments) {
    this.#parts = segments.all.filter(({ holds }) => holds.outputs > 0).map(part => new PartOutputs(part))
  }

  /** How many of an owner's outputs come before this one. */
  count(owner: number, before: number): number {
    let count = 0
    for (const part of this.#parts) {
      if (part.first >= before) break
      const row = part.rowOf(owner)
      if (row >= 0) count += part.endOf(row, before) - part.beginOf(row)
    }
    return count
  }

  *outputs(owner: number, before: number): Generator<number> {
    for (const part of this.#parts) {
      if (part.first >= before) return
      const row = part.rowOf(owner)
      if (row < 0) continue
      const end = part.endOf(row, before)
      for (let at = part.beginOf(row); at < end; at++) yield part.output.u32(at)
    }
  }
}

class PartOutputs {
  /** The segment's first output. */
  readonly first: number
  readonly output: Column
  readonly #begin: Column
  readonly #earlier: Column
  readonly #firstOwner: number
  readonly #endOwner: number
  /** The first output beyond what counts of it, and beyond all that lies there. */
  readonly #end: number
  readonly #endThere: number

  constructor({ first, end, column }: UtxoSegment) {
    this.first = first.outputs
    this.output = column("owner-output")
    this.#begin = column("owner-first-output")
    this.#earlier = column("owner-earlier")
    this.#firstOwner = first.owners
    this.#endOwner = end.owners
    this.#end = end.outputs
    this.#endThere = first.outputs + this.output.count
  }

  /** Where its outputs are told of; below 0 where it has none here. */
  rowOf(owner: number): number {
    if (owner >= this.#endOwner) return -1
    if (owner >= this.#firstOwner) return this.#earlier.count + owner - this.#firstOwner
    let [low, high] = [0, this.#earlier.count]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (this.#earlier.u32(middle) < owner) low = middle + 1
      else high = middle
    }
    return low < this.#earlier.count && this.#earlier.u32(low) === owner ? low : -1
  }

  beginOf(row: number): number {
    return this.#begin.u32(row)
  }

  endOf(row: number, before: number): number {
    const all = this.#begin.u32(row + 1)
    const limit = Math.min(before, this.#end)
    if (limit === this.#endThere) return all
    // In chain order: those beyond are the last.
    let [low, high] = [this.#begin.u32(row), all]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (this.output.u32(middle) < limit) low = middle + 1
      else high = middle
    }
    return low
  }
}
