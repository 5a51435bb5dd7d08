import type { Column } from "./column.ts"

/** How much of a key an estimate looks at: six bytes are a number that doubles hold exactly. */
const LEADING_BYTES = 6

/** Where keys are the beginnings of longer ones: how the thing of an id stands to what is looked for. */
export type CompareRest = (id: number, key: Uint8Array) => number

/**
 * Finds ids by key: one column of keys in ascending order of their bytes, one of ids (u32) beside it. Keys are hashes,
 * or the beginnings of hashes, and so lie evenly: where a key should stand is estimated, the neighbourhood is found in
 * steps that double, and searched by halves. Of 10^9 even keys an estimate is off by some 16,000 places, so that a
 * look-up reads two to five chunks. Keys that lie otherwise are found as well, in more steps, but never more than
 * twice as many as by halving alone.
 */
export class SortedIndex {
  readonly #keys: Column
  readonly #ids: Column
  readonly #rest: CompareRest | null
  readonly #step: number

  /**
   * @param rest where things that share a key are sorted further, as many may be that share it on purpose; null where
   *   all of a key are wanted
   */
  constructor(keys: Column, ids: Column, rest: CompareRest | null = null) {
    if (keys.count !== ids.count || ids.width !== 4) {
      throw new Error(`sorted index: ${keys.name} and ${ids.name} do not belong together`)
    }
    this.#keys = keys
    this.#ids = ids
    this.#rest = rest
    // Half a standard deviation of where an even key stands at the most: sqrt(n)/2 in the middle.
    this.#step = Math.max(8, Math.ceil(Math.sqrt(keys.count) / 2))
  }

  /**
   * All ids of a key, in the order in which they stand. Different things may share the beginning of a hash: the caller
   * compares the whole.
   *
   * @param key at least as long as the keys; only so much of it counts
   */
  find(key: Uint8Array): number[] {
    if (key.length < this.#keys.width) {
      throw new Error(`sorted index ${this.#keys.name}: a key of ${key.length} bytes`)
    }
    const ids: number[] = []
    for (let at = this.#lowerBound(key); at < this.#keys.count; at++) {
      if (this.#compare(at, key) !== 0) break
      ids.push(this.#ids.u32(at))
    }
    return ids
  }

  #compare(at: number, key: Uint8Array): number {
    const order = this.#keys.compare(at, key)
    return order !== 0 || this.#rest === null ? order : this.#rest(this.#ids.u32(at), key)
  }

  /** How many keys are below this one. */
  #lowerBound(key: Uint8Array): number {
    let [low, high] = this.#neighbourhood(key)
    // All below `low` are below the key, none from `high` on.
    while (low < high) {
      const middle = low + Math.floor((high - low) / 2)
      if (this.#compare(middle, key) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  #neighbourhood(key: Uint8Array): [low: number, high: number] {
    const count = this.#keys.count
    const guess = Math.min(count - 1, Math.floor(count * fractionOf(key, this.#keys.width)))
    if (count === 0) return [0, 0]
    let step = this.#step
    if (this.#compare(guess, key) < 0) {
      let low = guess + 1
      for (;;) {
        const high = guess + step
        if (high >= count) return [low, count]
        if (this.#compare(high, key) >= 0) return [low, high]
        low = high + 1
        step *= 2
      }
    }
    let high = guess
    for (;;) {
      const low = guess - step
      if (low < 0) return [0, high]
      if (this.#compare(low, key) < 0) return [low + 1, high]
      high = low
      step *= 2
    }
  }
}

/** Where a key lies between the least and the greatest there could be: 0 to below 1. */
function fractionOf(key: Uint8Array, width: number): number {
  let value = 0
  let scale = 1
  for (let i = 0; i < Math.min(width, LEADING_BYTES); i++) {
    value = value * 256 + (key[i] as number)
    scale *= 256
  }
  return value / scale
}
