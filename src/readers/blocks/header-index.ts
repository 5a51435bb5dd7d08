import { equalHashes } from "../../chains/bitcoin/merkle.ts"

/** Where the bytes of a block stand. */
export interface Place {
  /** Number of the file in the order of the folder. */
  readonly file: number
  /** Of the block itself, behind its magic and its size. */
  readonly offset: number
  readonly size: number
}

const HASH = 32
const FEWEST = 1024

/**
 * The headers of all blocks of a folder, in the order in which they stand there: their links, their work and where
 * their bytes are. 92 bytes a block and 4 to 8 for the table by hash, in arrays that double: 100 MB for the 900,000
 * blocks of Bitcoin, where as many objects would take five times as much.
 */
export class HeaderIndex {
  #count = 0
  #hashes = new Uint8Array(FEWEST * HASH)
  #previous = new Uint8Array(FEWEST * HASH)
  #bits = new Uint32Array(FEWEST)
  #times = new Uint32Array(FEWEST)
  #files = new Uint32Array(FEWEST)
  #offsets = new Float64Array(FEWEST)
  #sizes = new Uint32Array(FEWEST)
  /** Numbers of blocks by the first bytes of their hash, one more than they are; 0 is free. Half of it stays free. */
  #table = new Int32Array(2 * FEWEST)

  get count(): number {
    return this.#count
  }

  /** Takes the block in; false where it was there already, for then the first copy is the one that counts. */
  add(hash: Uint8Array, previous: Uint8Array, bits: number, time: number, place: Place): boolean {
    if (this.#count === this.#bits.length) this.#grow()
    const slot = this.#slotOf(hash)
    if (this.#table[slot] !== 0) return false
    const n = this.#count++
    this.#table[slot] = n + 1
    this.#hashes.set(hash, n * HASH)
    this.#previous.set(previous, n * HASH)
    this.#bits[n] = bits
    this.#times[n] = time
    this.#files[n] = place.file
    this.#offsets[n] = place.offset
    this.#sizes[n] = place.size
    return true
  }

  /** The block's number; -1 where it is not here. */
  find(hash: Uint8Array): number {
    return (this.#table[this.#slotOf(hash)] ?? 0) - 1
  }

  /** A view: copy it before it is given away. */
  hash(n: number): Uint8Array {
    return this.#hashes.subarray(n * HASH, (n + 1) * HASH)
  }

  previous(n: number): Uint8Array {
    return this.#previous.subarray(n * HASH, (n + 1) * HASH)
  }

  bits(n: number): number {
    return this.#bits[n] ?? 0
  }

  time(n: number): number {
    return this.#times[n] ?? 0
  }

  place(n: number): Place {
    return { file: this.#files[n] ?? 0, offset: this.#offsets[n] ?? 0, size: this.#sizes[n] ?? 0 }
  }

  /** The slot that holds the hash, or the free one where it belongs. */
  #slotOf(hash: Uint8Array): number {
    const mask = this.#table.length - 1
    // The first bytes as they are stored are the last as they are written: all but random, where work makes the others
    // zero.
    const [a = 0, b = 0, c = 0, d = 0] = hash
    let slot = (a | (b << 8) | (c << 16) | (d << 24)) & mask
    for (;;) {
      const n = (this.#table[slot] ?? 0) - 1
      if (n < 0 || equalHashes(this.hash(n), hash)) return slot
      slot = (slot + 1) & mask
    }
  }

  #grow(): void {
    const capacity = 2 * this.#bits.length
    this.#hashes = widened(this.#hashes, new Uint8Array(capacity * HASH))
    this.#previous = widened(this.#previous, new Uint8Array(capacity * HASH))
    this.#bits = widened(this.#bits, new Uint32Array(capacity))
    this.#times = widened(this.#times, new Uint32Array(capacity))
    this.#files = widened(this.#files, new Uint32Array(capacity))
    this.#offsets = widened(this.#offsets, new Float64Array(capacity))
    this.#sizes = widened(this.#sizes, new Uint32Array(capacity))
    this.#table = new Int32Array(2 * capacity)
    for (let n = 0; n < this.#count; n++) this.#table[this.#slotOf(this.hash(n))] = n + 1
  }
}

type Column = Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>

function widened<C extends Column>(from: C, to: C): C {
  to.set(from)
  return to
}
