import { bytesToHex } from "@noble/hashes/utils.js"
import { networkOfAddress } from "./account.ts"
import { NO_TEXT } from "./byte-writer.ts"
import { NemFault } from "./fault.ts"
import { textOf } from "./message.ts"

/**
 * Reads what `ByteWriter` writes, never past the end: a length or count that the bytes left cannot hold is an error
 * before anything is made from it.
 */
export class ByteReader {
  readonly #bytes: Uint8Array
  readonly #path: string
  #at = 0

  constructor(bytes: Uint8Array, path: string) {
    this.#bytes = bytes
    this.#path = path
  }

  get path(): string {
    return this.#path
  }

  /** Every object says how long it is; all of that must be read. */
  end(): void {
    if (this.#at !== this.#bytes.length) throw new NemFault("bytes left over", this.#path)
  }

  u32(): number {
    const bytes = this.raw(4)
    return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  }

  u64(): bigint {
    const bytes = this.raw(8)
    return new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true)
  }

  raw(length: number): Uint8Array {
    if (length > this.#bytes.length - this.#at) throw new NemFault("ends too early", this.#path)
    const bytes = this.#bytes.subarray(this.#at, this.#at + length)
    this.#at += length
    return bytes
  }

  sized(): Uint8Array {
    return this.raw(this.u32())
  }

  /** A length that can only be one, as the schemas' reserved fields are. */
  expect(length: number, name: string): void {
    if (this.u32() !== length) throw new NemFault("wrong length", `${this.#path}.${name}`)
  }

  hex(length: number, name: string): string {
    this.expect(length, name)
    return bytesToHex(this.raw(length))
  }

  sizedHex(): string {
    return bytesToHex(this.sized())
  }

  text(name: string): string {
    return this.#textOf(this.sized(), name)
  }

  /** NIS writes a text that is not there as this length, and one of no letters as 0. */
  optionalText(name: string): string | null {
    const length = this.u32()
    return length === NO_TEXT ? null : this.#textOf(this.raw(length), name)
  }

  #textOf(bytes: Uint8Array, name: string): string {
    const text = textOf(bytes)
    if (text === null) throw new NemFault("not text", `${this.#path}.${name}`)
    return text
  }

  address(name: string): string {
    const text = this.text(name)
    if (networkOfAddress(text) === null) throw new NemFault("bad address", `${this.#path}.${name}`)
    return text
  }

  choice<Word extends string>(words: readonly Word[], name: string): Word {
    const word = words[this.u32() - 1]
    if (word === undefined) throw new NemFault("out of range", `${this.#path}.${name}`)
    return word
  }

  object<Value>(name: string, read: (reader: ByteReader) => Value): Value {
    const inside = new ByteReader(this.sized(), `${this.#path}.${name}`)
    const value = read(inside)
    inside.end()
    return value
  }

  /** An object of no bytes is none: NIS `BinarySerializer.serializeObject`. */
  optional<Value>(name: string, read: (reader: ByteReader) => Value): Value | null {
    const bytes = this.sized()
    if (bytes.length === 0) return null
    const inside = new ByteReader(bytes, `${this.#path}.${name}`)
    const value = read(inside)
    inside.end()
    return value
  }

  /** Each item takes four bytes or more, so a count that cannot be true ends at the first one missing. */
  objects<Value>(name: string, read: (reader: ByteReader) => Value): Value[] {
    const count = this.u32()
    const values: Value[] = []
    for (let at = 0; at < count; at++) values.push(this.object(`${name}[${at}]`, read))
    return values
  }
}
