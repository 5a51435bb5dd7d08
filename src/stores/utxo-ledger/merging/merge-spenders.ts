import { UNSPENT } from "../utxo-layout.ts"
import type { UtxoSegment } from "../utxo-segments.ts"
import { AT_A_TIME, NumberBatch, NumberReader, type Told } from "./told.ts"

/** What segments that follow one another spend, as one segment tells it. */
export function* mergedSpenders(parts: readonly UtxoSegment[]): Generator<Told> {
  const first = parts[0]?.first.outputs ?? 0
  const cursors = parts.map(part => new PairCursor(part))
  const spent = new NumberBatch("earlier-spent")
  const spender = new NumberBatch("earlier-spender")
  for (;;) {
    let least: PairCursor | null = null
    for (const cursor of cursors) {
      if (cursor.output < first && (least === null || cursor.output < least.output)) least = cursor
    }
    if (least === null) break
    const isFull = spent.push(least.output)
    spender.push(least.spender)
    if (isFull) {
      yield spent.take()
      yield spender.take()
    }
    least.advance()
  }
  yield spent.take()
  yield spender.take()
  for (const [at, part] of parts.entries()) yield* patched(part, cursors.slice(at + 1))
}

/** `output-spender` of a segment, with what later ones spend of it. */
function* patched({ holds, first, end, column }: UtxoSegment, later: readonly PairCursor[]): Generator<Told> {
  const own = column("output-spender")
  for (let from = 0; from < holds.outputs; from += AT_A_TIME) {
    const to = Math.min(holds.outputs, from + AT_A_TIME)
    const bytes = own.range(from, to)
    const spenders = new Uint32Array(bytes.buffer)
    if (own.count > holds.outputs) {
      for (let at = 0; at < spenders.length; at++) {
        if ((spenders[at] as number) >= end.transactions) spenders[at] = UNSPENT
      }
    }
    for (const cursor of later) {
      for (; cursor.output < first.outputs + to; cursor.advance()) {
        spenders[cursor.output - first.outputs - from] = cursor.spender
      }
    }
    yield { name: "output-spender", bytes }
  }
}

/** What a segment spends of earlier ones, in the order of the outputs. */
class PairCursor {
  /** Beyond the last: no output there is. */
  output = Number.POSITIVE_INFINITY
  spender = UNSPENT
  readonly #spent: NumberReader
  readonly #spender: NumberReader
  readonly #end: number

  constructor({ end, column }: UtxoSegment) {
    this.#spent = new NumberReader(column("earlier-spent"))
    this.#spender = new NumberReader(column("earlier-spender"))
    this.#end = end.transactions
    this.advance()
  }

  advance(): void {
    while (this.#spent.left > 0) {
      this.output = this.#spent.next()
      this.spender = this.#spender.next()
      if (this.spender < this.#end) return
    }
    this.output = Number.POSITIVE_INFINITY
  }
}
