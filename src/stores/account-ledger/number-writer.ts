import type { ColumnEntry } from "../columns/manifest.ts"
import type { ColumnSink, OpenSink } from "./column-sink.ts"

const BUFFERED = 8192

/** Writes one column of numbers, little-endian, value by value. */
export class NumberWriter {
  readonly #column: ColumnSink
  readonly #name: string
  readonly #width: number
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #filled = 0

  /** @param width 1, 4, or any multiple of 8 */
  constructor(open: OpenSink, name: string, width: number) {
    this.#column = open(name, width)
    this.#name = name
    this.#width = width
    this.#bytes = new Uint8Array(BUFFERED * width)
    this.#view = new DataView(this.#bytes.buffer)
  }

  /** A number of at most 2^53 - 1. */
  push(value: number): void {
    const at = this.#next()
    if (this.#width === 1) this.#view.setUint8(at, value)
    else this.#view.setUint32(at, value % 2 ** 32, true)
    if (this.#width >= 8) this.#view.setUint32(at + 4, Math.floor(value / 2 ** 32), true)
  }

  /** A number of any width that is not negative. */
  pushBig(value: bigint): void {
    const at = this.#next()
    let rest = value
    for (let word = 0; rest > 0n; word += 8) {
      if (word >= this.#width) throw new Error(`column ${this.#name}: ${value} is too wide`)
      this.#view.setBigUint64(at + word, rest & 0xffff_ffff_ffff_ffffn, true)
      rest >>= 64n
    }
  }

  #next(): number {
    if (this.#filled === this.#bytes.length) this.#flush()
    const at = this.#filled
    this.#filled += this.#width
    this.#bytes.fill(0, at, this.#filled)
    return at
  }

  #flush(): void {
    this.#column.write(this.#bytes.subarray(0, this.#filled))
    this.#filled = 0
  }

  close(): ColumnEntry {
    this.#flush()
    return this.#column.close()
  }
}

/** The number that stands little-endian in these bytes. */
export function bigOf(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let value = 0n
  for (let word = bytes.length - 8; word >= 0; word -= 8)
    value = (value << 64n) | view.getBigUint64(word, true)
  return value
}
