import { hash } from "node:crypto"
import type { OpenSink } from "../account-ledger/column-sink.ts"
import { NumberWriter } from "../account-ledger/number-writer.ts"
import type { ColumnEntry } from "../columns/manifest.ts"

/** How much of a text's SHA-256 its key is. */
const KEY_BYTES = 8

export function keyOf(text: string): Uint8Array {
  return hash("sha256", text, "buffer").subarray(0, KEY_BYTES)
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
    const key = keyOf(text)
    const view = new DataView(key.buffer, key.byteOffset, KEY_BYTES)
    this.#high[this.#count] = view.getUint32(0)
    this.#low[this.#count] = view.getUint32(4)
    this.#ids[this.#count++] = id
  }

  /** @param most how many of one key are kept: those that came first */
  write(open: OpenSink, keyName: string, idName: string, most: number): ColumnEntry[] {
    const [high, low, ids] = [this.#high, this.#low, this.#ids]
    const order = new Uint32Array(this.#count).map((_, n) => n)
    order.sort((a, b) => at(high, a) - at(high, b) || at(low, a) - at(low, b) || a - b)
    const keys = open(keyName, KEY_BYTES)
    const numbers = new NumberWriter(open, idName, 4)
    const bytes = new Uint8Array(KEY_BYTES)
    const view = new DataView(bytes.buffer)
    let same = 0
    let before: number | null = null
    for (const n of order) {
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
}

function at(values: Uint32Array, index: number): number {
  return values[index] ?? 0
}

function twice(values: Uint32Array): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(values.length * 2)
  wider.set(values)
  return wider
}
