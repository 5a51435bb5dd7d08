import { CHUNK_BYTES, chunksIn } from "./chunk.ts"
import type { ColumnFile } from "./column-file.ts"
import { NO_SLOT, type Page, type PageCache, type Paged } from "./page-cache.ts"

/** From here on bytes are read past the cache: what is read once in passing shall not drive out what is asked again. */
const MOST_CACHED_CHUNKS = 4

/**
 * Values of a fixed width by their index, 0 to `count` - 1. Reads are synchronous, from chunks that are checked when
 * they come from disk. An index out of range, or a width other than the column's, is a mistake of the caller and
 * throws an Error.
 *
 * @throws Problem `ledger-damaged` from every reading method
 */
export interface Column {
  readonly name: string
  readonly width: number
  readonly count: number
  u8(index: number): number
  u32(index: number): number
  u64(index: number): bigint
  /** The same eight bytes as a number. @throws Error above 2^53 - 1, where a number is no longer exact */
  uint53(index: number): number
  /** A copy of one value. */
  bytes(index: number): Uint8Array
  /** A copy of the values from one index to before another, in memory of its own. */
  range(from: number, to: number): Uint8Array<ArrayBuffer>
  /** All of it, for those who read everything. A column of more than 4 GiB does not fit: take ranges. */
  loadAll(): Uint8Array<ArrayBuffer>
  /** How the value stands to a key of at least its width, byte by byte: below 0, 0 or above 0. */
  compare(index: number, key: Uint8Array): number
}

/** A column that lies in one file. */
export class StoredColumn implements Column, Paged {
  readonly name: string
  readonly width: number
  readonly count: number
  readonly slots: Int32Array
  readonly #file: ColumnFile
  readonly #cache: PageCache

  constructor(file: ColumnFile, cache: PageCache) {
    this.name = file.entry.name
    this.width = file.entry.width
    this.count = file.entry.count
    this.#file = file
    this.#cache = cache
    this.slots = new Int32Array(chunksIn(file.bytes)).fill(NO_SLOT)
  }

  fill(chunk: number, into: Uint8Array): void {
    this.#file.read(chunk, 1, into)
  }

  u8(index: number): number {
    const start = this.#startOf(index, 1)
    return this.#pageAt(start).bytes[start % CHUNK_BYTES] as number
  }

  u32(index: number): number {
    const start = this.#startOf(index, 4)
    return this.#pageAt(start).view.getUint32(start % CHUNK_BYTES, true)
  }

  u64(index: number): bigint {
    const start = this.#startOf(index, 8)
    return this.#pageAt(start).view.getBigUint64(start % CHUNK_BYTES, true)
  }

  uint53(index: number): number {
    const start = this.#startOf(index, 8)
    const { view } = this.#pageAt(start)
    const high = view.getUint32((start % CHUNK_BYTES) + 4, true)
    if (high >= 2 ** 21) throw new Error(`column ${this.name}: value ${index} is above 2^53 - 1`)
    return high * 2 ** 32 + view.getUint32(start % CHUNK_BYTES, true)
  }

  bytes(index: number): Uint8Array {
    const start = this.#startOf(index, this.width)
    const out = new Uint8Array(this.width)
    this.#copy(start, start + this.width, out)
    return out
  }

  range(from: number, to: number): Uint8Array<ArrayBuffer> {
    if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || from > to || to > this.count) {
      throw new Error(`column ${this.name}: ${from} to ${to} is not within its ${this.count} values`)
    }
    const out = new Uint8Array((to - from) * this.width)
    this.#copy(from * this.width, to * this.width, out)
    return out
  }

  loadAll(): Uint8Array<ArrayBuffer> {
    return this.range(0, this.count)
  }

  compare(index: number, key: Uint8Array): number {
    const start = this.#startOf(index, this.width)
    const offset = start % CHUNK_BYTES
    if (offset + this.width > CHUNK_BYTES) return compareBytes(this.bytes(index), 0, key, this.width)
    return compareBytes(this.#pageAt(start).bytes, offset, key, this.width)
  }

  #startOf(index: number, width: number): number {
    if (width !== this.width) throw new Error(`column ${this.name}: ${width} bytes asked of ${this.width}`)
    if (!(index >= 0 && index < this.count && Number.isInteger(index))) {
      throw new Error(`column ${this.name}: ${index} is not within its ${this.count} values`)
    }
    return index * width
  }

  #pageAt(start: number): Page {
    return this.#cache.page(this, Math.floor(start / CHUNK_BYTES))
  }

  #copy(from: number, to: number, out: Uint8Array): void {
    let at = from
    while (at < to) {
      const chunk = Math.floor(at / CHUNK_BYTES)
      const offset = at % CHUNK_BYTES
      const whole = Math.floor((to - at) / CHUNK_BYTES)
      if (offset === 0 && whole > MOST_CACHED_CHUNKS) {
        this.#file.read(chunk, whole, out.subarray(at - from, at - from + whole * CHUNK_BYTES))
        at += whole * CHUNK_BYTES
        continue
      }
      const length = Math.min(CHUNK_BYTES - offset, to - at)
      out.set(this.#pageAt(at).bytes.subarray(offset, offset + length), at - from)
      at += length
    }
  }
}

function compareBytes(a: Uint8Array, start: number, b: Uint8Array, length: number): number {
  for (let i = 0; i < length; i++) {
    const difference = (a[start + i] as number) - (b[i] as number)
    if (difference !== 0) return difference
  }
  return 0
}
