import { hexToBytes } from "@noble/hashes/utils.js"

/** The length of a text that is not there, unlike one of no letters: NIS `NULL_BYTES_SENTINEL_VALUE`. */
export const NO_TEXT = 0xffffffff

/** Writes as NIS `BinarySerializer` does: little endian, and a length of 32 bits before whatever has one. */
export class ByteWriter {
  readonly #chunks: Uint8Array[] = []
  #length = 0

  /** By hand, because a list from a node may hold more chunks than a call takes arguments. */
  bytes(): Uint8Array {
    const bytes = new Uint8Array(this.#length)
    let at = 0
    for (const chunk of this.#chunks) {
      bytes.set(chunk, at)
      at += chunk.length
    }
    return bytes
  }

  /** Also for signed words: two's complement. */
  u32(value: number): this {
    const bytes = new Uint8Array(4)
    new DataView(bytes.buffer).setUint32(0, value >>> 0, true)
    return this.raw(bytes)
  }

  u64(value: bigint): this {
    const bytes = new Uint8Array(8)
    new DataView(bytes.buffer).setBigUint64(0, value, true)
    return this.raw(bytes)
  }

  raw(bytes: Uint8Array): this {
    this.#chunks.push(bytes)
    this.#length += bytes.length
    return this
  }

  /** An object or an array of bytes: its length first. */
  sized(bytes: Uint8Array): this {
    return this.u32(bytes.length).raw(bytes)
  }

  hex(hex: string): this {
    return this.sized(hexToBytes(hex))
  }

  text(text: string): this {
    return this.sized(new TextEncoder().encode(text))
  }

  optionalText(text: string | null): this {
    return text === null ? this.u32(NO_TEXT) : this.text(text)
  }

  /** An object that has a length of its own around what `write` writes. */
  object(write: (writer: ByteWriter) => void): this {
    const inside = new ByteWriter()
    write(inside)
    return this.sized(inside.bytes())
  }

  /** NIS writes an object that is not there as one of no bytes. */
  optional<Value>(value: Value | null, write: (writer: ByteWriter, value: Value) => void): this {
    return value === null ? this.u32(0) : this.object(writer => write(writer, value))
  }

  /** How many, then each as an object. */
  objects<Item>(items: readonly Item[], write: (writer: ByteWriter, item: Item) => void): this {
    this.u32(items.length)
    for (const item of items) this.object(writer => write(writer, item))
    return this
  }
}
