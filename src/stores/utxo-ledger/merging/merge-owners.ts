import type { UtxoSegment } from "../utxo-segments.ts"
import { NumberBatch, NumberReader, type Told } from "./told.ts"

/** Outputs by owner of segments that follow one another, as one segment tells them. */
export function* mergedOwnerOutputs(parts: readonly UtxoSegment[]): Generator<Told> {
  const first = parts[0]?.first.owners ?? 0
  const cursors = parts.map(part => new RowCursor(part))
  const earlier = new NumberBatch("owner-earlier")
  const begins = new NumberBatch("owner-first-output")
  const outputs = new NumberBatch("owner-output")
  let told = 0
  for (;;) {
    let owner = Number.POSITIVE_INFINITY
    for (const cursor of cursors) if (cursor.owner < owner) owner = cursor.owner
    if (owner === Number.POSITIVE_INFINITY) break
    if (owner < first && earlier.push(owner)) yield earlier.take()
    if (begins.push(told)) yield begins.take()
    for (const cursor of cursors) {
      if (cursor.owner !== owner) continue
      for (; cursor.output >= 0; cursor.nextOutput()) {
        told++
        if (outputs.push(cursor.output)) yield outputs.take()
      }
      cursor.nextOwner()
    }
  }
  begins.push(told)
  yield earlier.take()
  yield begins.take()
  yield outputs.take()
}

/** The owners of a segment's outputs in the order of their numbers, and each one's outputs. */
class RowCursor {
  /** Beyond the last: no owner there is. */
  owner = Number.POSITIVE_INFINITY
  /** The owner's next; below 0 after the last. */
  output = -1
  readonly #earlier: NumberReader
  readonly #begins: NumberReader
  readonly #outputs: NumberReader
  readonly #end: { readonly owners: number; readonly outputs: number }
  #nextOwn: number
  #begin: number
  #left = 0

  constructor({ first, end, column }: UtxoSegment) {
    this.#earlier = new NumberReader(column("owner-earlier"))
    this.#begins = new NumberReader(column("owner-first-output"))
    this.#outputs = new NumberReader(column("owner-output"))
    this.#end = end
    this.#nextOwn = first.owners
    this.#begin = this.#begins.next()
    this.nextOwner()
  }

  /** To the next owner that has an output which counts. */
  nextOwner(): void {
    while (this.#begins.left > 0) {
      this.owner = this.#earlier.left > 0 ? this.#earlier.next() : this.#nextOwn++
      const begin = this.#begins.next()
      this.#left = begin - this.#begin
      this.#begin = begin
      this.nextOutput()
      // An owner that is new in what does not count has no outputs that do.
      if (this.output >= 0) return
    }
    this.owner = Number.POSITIVE_INFINITY
  }

  nextOutput(): void {
    while (this.#left > 0) {
      this.#left--
      this.output = this.#outputs.next()
      if (this.output < this.#end.outputs) return
    }
    this.output = -1
  }
}
