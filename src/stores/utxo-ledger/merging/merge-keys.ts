import type { Column } from "../../columns/column.ts"
import type { UtxoColumn } from "../utxo-layout.ts"
import { AT_A_TIME, NumberBatch, NumberReader, type Told } from "./told.ts"

/** A sorted index of one segment. */
export interface KeyRun {
  readonly keys: Column
  readonly ids: Column
  /** Ids from here on do not count. */
  readonly end: number
}

/**
 * Sorted indexes of keys of eight bytes as one.
 *
 * @param order of two ids whose keys are alike; null for the order of the runs
 */
export function* mergedKeys(
  [key, id]: readonly [UtxoColumn, UtxoColumn],
  runs: readonly KeyRun[],
  order: ((a: number, b: number) => number) | null,
): Generator<Told> {
  const cursors = runs.map(run => new KeyCursor(run)).filter(cursor => cursor.advance())
  let keys = new DataView(new ArrayBuffer(8 * AT_A_TIME))
  const ids = new NumberBatch(id)
  let filled = 0
  while (cursors.length > 0) {
    let least = cursors[0] as KeyCursor
    for (let at = 1; at < cursors.length; at++) {
      const cursor = cursors[at] as KeyCursor
      const difference = cursor.high - least.high || cursor.low - least.low
      if (difference < 0 || (difference === 0 && order !== null && order(cursor.id, least.id) < 0))
        least = cursor
    }
    keys.setUint32(8 * filled, least.high)
    keys.setUint32(8 * filled + 4, least.low)
    filled++
    if (ids.push(least.id)) {
      yield { name: key, bytes: new Uint8Array(keys.buffer) }
      yield ids.take()
      keys = new DataView(new ArrayBuffer(8 * AT_A_TIME))
      filled = 0
    }
    if (!least.advance()) cursors.splice(cursors.indexOf(least), 1)
  }
  yield { name: key, bytes: new Uint8Array(keys.buffer, 0, 8 * filled) }
  yield ids.take()
}

class KeyCursor {
  /** The key's halves, as numbers that compare as its bytes do. */
  high = 0
  low = 0
  id = 0
  readonly #keys: Column
  readonly #ids: NumberReader
  readonly #end: number
  #view = new DataView(new ArrayBuffer(0))
  #at = 0
  #start = 0

  constructor({ keys, ids, end }: KeyRun) {
    this.#keys = keys
    this.#ids = new NumberReader(ids)
    this.#end = end
  }

  /** To the next that counts; whether there is one. */
  advance(): boolean {
    while (this.#ids.left > 0) {
      if (this.#at === this.#view.byteLength) this.#fill()
      this.id = this.#ids.next()
      this.high = this.#view.getUint32(this.#at)
      this.low = this.#view.getUint32(this.#at + 4)
      this.#at += 8
      if (this.id < this.#end) return true
    }
    return false
  }

  #fill(): void {
    const end = Math.min(this.#keys.count, this.#start + AT_A_TIME)
    this.#view = new DataView(this.#keys.range(this.#start, end).buffer)
    this.#start = end
    this.#at = 0
  }
}
