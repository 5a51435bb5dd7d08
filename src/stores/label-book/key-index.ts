import { hash } from "node:crypto"
import type { OpenSink } from "../account-ledger/column-sink.ts"
import { NumberWriter } from "../account-ledger/number-writer.ts"
import type { ColumnEntry } from "../columns/manifest.ts"

/** How much of a text's SHA-256 its key is. */
const KEY_BYTES = 8

export function keyOf(text: string): Uint8Array {
  return Buffer.from(digestOf(text), "hex")
}

/** The key in hexadecimal digits: as text it costs a quarter of what it does as a buffer. */
function digestOf(text: string): string {
  return hash("sha256", text, "hex").slice(0, 2 * KEY_BYTES)
}

/** Keys and ids of a sorted index, collected at twelve bytes each. */
export class KeyIndex {
  #high = new Uint32Array(1024)
  #low = new Uint32Array(1024)
  #ids = new Uint32Array(1024)
  #count = 0

  push(text: string, id: number): void {
    if (this.#count === this.#ids.length) {
      this.#high = twice(this.#high)
      this.#low = twice(this.#low)
      this.#ids = twice(this.#ids)
    }
    const digest = digestOf(text)
    this.#high[this.#count] = Number.parseInt(digest.slice(0, KEY_BYTES), 16)
    this.#low[this.#count] = Number.parseInt(digest.slice(KEY_BYTES), 16)
    this.#ids[this.#count++] = id
  }

  /** @param most how many of one key are kept: those that came first */
  write(open: OpenSink, keyName: string, idName: string, most: number): ColumnEntry[] {
    const [high, low, ids] = [this.#high, this.#low, this.#ids]
    const keys = open(keyName, KEY_BYTES)
    const numbers = new NumberWriter(open, idName, 4)
    const bytes = new Uint8Array(KEY_BYTES)
    const view = new DataView(bytes.buffer)
    let same = 0
    let before: number | null = null
    for (const n of this.#order()) {
      const repeats = before !== null && at(high, n) === at(high, before) && at(low, n) === at(low, before)
      same = repeats ? same + 1 : 0
      before = n
      if (same >= most) continue
      view.setUint32(0, at(high, n))
      view.setUint32(4, at(low, n))
      keys.write(bytes)
      numbers.push(at(ids, n))
    }
    return [keys.close(), numbers.close()]
  }

  /**
   * By key, then as they came. The first half of a key and the place that it came at are sorted as one number, without
   * a comparison of ours; the few that have the same first half are then put right by the other half.
   */
  #order(): Uint32Array {
    const [high, low] = [this.#high, this.#low]
    const sorted = new Float64Array(this.#count)
    const [shift, most] = [2 ** 21, Math.floor(this.#count / 2 ** 21)]
    // 32 bits of key and 21 of place are what a number holds exactly; of more keys the comparison is our own.
    for (let n = 0; n < this.#count; n++) sorted[n] = at(high, n) * shift + (most === 0 ? n : 0)
    const order = new Uint32Array(this.#count)
    if (most > 0) {
      for (let n = 0; n < this.#count; n++) order[n] = n
      return order.sort((a, b) => at(high, a) - at(high, b) || at(low, a) - at(low, b) || a - b)
    }
    sorted.sort()
    for (const [n, value] of sorted.entries()) order[n] = value % shift
    for (let from = 0; from < order.length; ) {
      let to = from + 1
      while (to < order.length && at(high, at(order, to)) === at(high, at(order, from))) to++
      if (to > from + 1) order.subarray(from, to).sort((a, b) => at(low, a) - at(low, b) || a - b)
      from = to
    }
    return order
  }
}

function at(values: Uint32Array, index: number): number {
  return values[index] ?? 0
}

function twice(values: Uint32Array): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(values.length * 2)
  wider.set(values)
  return wider
}
