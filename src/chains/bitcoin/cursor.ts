import { BlockFault } from "./block-fault.ts"

/** Compact sizes of 253 and above say by their first byte that 2, 4 or 8 bytes follow. */
const TWO_BYTES = 0xfd
const FOUR_BYTES = 0xfe

/**
 * The high half of a 64-bit amount may be this at most: then the amount is below 2^53 and exact as a `number`.
 * Bitcoin's supply is 2.1e15 sat, Litecoin's 8.4e15 litoshi, 2^53 is 9.007e15.
 */
const HIGHEST_HALF = 0x1fffff

/**
 * A place in bytes, read forward. No read goes beyond the end, and a count is held against the bytes that are left
 * before anything is made for it: four bytes that promise 2^32 outputs cost nothing.
 */
export class Cursor {
  readonly bytes: Uint8Array
  at = 0
  readonly #view: DataView

  constructor(bytes: Uint8Array) {
    const { buffer, byteOffset, byteLength } = bytes
    // Never Node's `Buffer`, whose `slice` is a view where that of a `Uint8Array` is a copy.
    this.bytes = new Uint8Array(buffer, byteOffset, byteLength)
    this.#view = new DataView(buffer, byteOffset, byteLength)
  }

  get left(): number {
    return this.bytes.length - this.at
  }

  /** Moves on by `length` bytes and gives the place where they begin. */
  skip(length: number): number {
    const from = this.at
    if (length > this.bytes.length - from) throw new BlockFault("ends too early", from)
    this.at = from + length
    return from
  }

  uint8(): number {
    return this.#view.getUint8(this.skip(1))
  }

  uint32(): number {
    return this.uint32At(this.skip(4))
  }

  int32(): number {
    return this.int32At(this.skip(4))
  }

  /** Moves over an amount and gives the place where it begins. */
  skipAmount(): number {
    const from = this.skip(8)
    if (this.uint32At(from + 4) > HIGHEST_HALF) throw new BlockFault("amount beyond any supply", from)
    return from
  }

  uint32At(at: number): number {
    return this.#view.getUint32(at, true)
  }

  int32At(at: number): number {
    return this.#view.getInt32(at, true)
  }

  /** Of a place that `skipAmount` has given. */
  amountAt(at: number): number {
    return this.uint32At(at + 4) * 2 ** 32 + this.uint32At(at)
  }

  /** How many things follow, each of which takes `least` bytes or more. */
  count(least: number): number {
    const from = this.at
    const count = this.#compactSize()
    if (count * least > this.left) throw new BlockFault("count or length beyond the bytes there are", from)
    return count
  }

  /** Moves over bytes that are led by their length, and gives the place where they begin. */
  skipSized(): number {
    return this.skip(this.count(1))
  }

  take(length: number): Uint8Array {
    const from = this.skip(length)
    return this.bytes.subarray(from, this.at)
  }

  /** As nodes do, refuses a longer form than needed: one transaction would have several writings. */
  #compactSize(): number {
    const from = this.at
    const first = this.uint8()
    if (first < TWO_BYTES) return first
    if (first === TWO_BYTES) return shortest(this.#view.getUint16(this.skip(2), true), TWO_BYTES, from)
    if (first === FOUR_BYTES) return shortest(this.uint32(), 0x10000, from)
    const low = this.uint32()
    return shortest(this.uint32() * 2 ** 32 + low, 2 ** 32, from)
  }
}

function shortest(size: number, least: number, from: number): number {
  if (size < least) throw new BlockFault("count or length not in its shortest form", from)
  return size
}
