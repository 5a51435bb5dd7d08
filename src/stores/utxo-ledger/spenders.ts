import type { Column } from "../columns/column.ts"
import { UNSPENT } from "./utxo-layout.ts"
import type { UtxoSegment, UtxoSegments } from "./utxo-segments.ts"

/** Which transaction spends each output of a ledger: `output-spender` of a segment, and what later ones spend of it. */
export interface Spenders {
  /** `UNSPENT` where none does. */
  u32(output: number): number
  /** Of the outputs from one to before another, as bytes of numbers of 32 bits. */
  range(from: number, to: number): Uint8Array<ArrayBuffer>
}

export function spendersOf(segments: UtxoSegments): Spenders {
  const [only] = segments.all
  if (segments.all.length === 1 && only !== undefined) {
    const column = only.column("output-spender")
    // Nothing was cut off: there are no spenders in it that do not count.
    if (column.count === only.holds.outputs) return column
  }
  return new JoinedSpenders(segments.all.filter(({ holds }) => holds.blocks > 0))
}

class JoinedSpenders implements Spenders {
  readonly #segments: readonly UtxoSegment[]
  readonly #own: readonly Column[]
  readonly #earlier: readonly EarlierSpent[]

  constructor(segments: readonly UtxoSegment[]) {
    this.#segments = segments
    this.#own = segments.map(segment => segment.column("output-spender"))
    this.#earlier = segments.map(segment => new EarlierSpent(segment))
  }

  #segmentOf(output: number): number {
    const at = this.#segments.findIndex(({ end }) => output < end.outputs)
    if (at < 0) throw new Error(`spenders: there is no output ${output}`)
    return at
  }

  u32(output: number): number {
    const at = this.#segmentOf(output)
    const { first, end } = this.#segments[at] as UtxoSegment
    const own = (this.#own[at] as Column).u32(output - first.outputs)
    // A transaction beyond the segment's end has left the chain.
    if (own < end.transactions) return own
    for (let later = at + 1; later < this.#segments.length; later++) {
      const spender = (this.#earlier[later] as EarlierSpent).spenderOf(output)
      if (spender !== UNSPENT) return spender
    }
    return UNSPENT
  }

  range(from: number, to: number): Uint8Array<ArrayBuffer> {
    const out = new Uint32Array(to - from)
    if (from === to) return new Uint8Array(out.buffer)
    const begins = this.#segmentOf(from)
    for (let part = begins, at = from; at < to; part++) {
      const { first, end } = this.#segments[part] as UtxoSegment
      const stop = Math.min(to, end.outputs)
      const bytes = (this.#own[part] as Column).range(at - first.outputs, stop - first.outputs)
      const own = new Uint32Array(bytes.buffer, bytes.byteOffset, stop - at)
      for (const [n, spender] of own.entries()) {
        out[at - from + n] = spender < end.transactions ? spender : UNSPENT
      }
      at = stop
    }
    for (const earlier of this.#earlier.slice(begins + 1)) {
      for (const [output, spender] of earlier.between(from, to)) out[output - from] = spender
    }
    return new Uint8Array(out.buffer)
  }
}

/** What a segment spends of earlier ones. */
class EarlierSpent {
  readonly #spent: Column
  readonly #spender: Column
  readonly #end: number

  constructor({ end, column }: UtxoSegment) {
    this.#spent = column("earlier-spent")
    this.#spender = column("earlier-spender")
    this.#end = end.transactions
  }

  spenderOf(output: number): number {
    const at = this.#firstFrom(output)
    if (at === this.#spent.count || this.#spent.u32(at) !== output) return UNSPENT
    const spender = this.#spender.u32(at)
    return spender < this.#end ? spender : UNSPENT
  }

  *between(from: number, to: number): Generator<readonly [output: number, spender: number]> {
    for (let at = this.#firstFrom(from); at < this.#spent.count; at++) {
      const output = this.#spent.u32(at)
      if (output >= to) return
      const spender = this.#spender.u32(at)
      if (spender < this.#end) yield [output, spender]
    }
  }

  #firstFrom(output: number): number {
    let [low, high] = [0, this.#spent.count]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (this.#spent.u32(middle) < output) low = middle + 1
      else high = middle
    }
    return low
  }
}
