import { closeSync, openSync, writeSync } from "node:fs"
import { join } from "node:path"
import { crc32 } from "node:zlib"
import { CHUNK_BYTES, checksumsOf } from "./chunk.ts"
import { type ColumnEntry, isColumnName, MOST_WIDTH } from "./manifest.ts"

/**
 * Sixteen chunks at a time: few calls to the system, and little memory where many columns are written together. The first
 * is written by itself, since most columns of a small segment are no longer.
 */
const BUFFER_BYTES = 16 * CHUNK_BYTES
const FIRST_BYTES = CHUNK_BYTES

/**
 * Writes one column of values of a fixed width, as raw bytes, and beside it the CRC-32 of each chunk. Whoever writes
 * numbers gives them little-endian; keys of a sorted index stand as they are compared.
 *
 * Errors of the system come as they are: `publishColumns` tells them.
 */
export class ColumnWriter {
  readonly #name: string
  readonly #width: number
  readonly #file: string
  readonly #data: number
  readonly #sums: number
  #buffer = Buffer.allocUnsafeSlow(FIRST_BYTES)
  #filled = 0
  #written = 0
  #crc = 0
  #open = true

  /** @param width bytes of one value, 1 to 64 */
  constructor(folder: string, name: string, width: number) {
    if (!isColumnName(name)) throw new Error(`column: "${name}" is no name for one`)
    if (!Number.isInteger(width) || width < 1 || width > MOST_WIDTH) {
      throw new Error(`column ${name}: a width of ${width} is not within 1 to ${MOST_WIDTH}`)
    }
    this.#name = name
    this.#width = width
    this.#file = `${name}.col`
    // "wx": two writers of one name are a mistake, and would leave a mixture.
    this.#data = openSync(join(folder, this.#file), "wx")
    this.#sums = openSync(join(folder, `${name}.crc`), "wx")
  }

  get name(): string {
    return this.#name
  }

  /** @param bytes any number of bytes; a value may come in two parts */
  write(bytes: Uint8Array): void {
    let from = 0
    while (from < bytes.length) {
      const part = bytes.subarray(from, from + this.#buffer.length - this.#filled)
      this.#buffer.set(part, this.#filled)
      this.#filled += part.length
      from += part.length
      if (this.#filled === this.#buffer.length) this.#flush()
    }
  }

  #flush(): void {
    const bytes = this.#buffer.subarray(0, this.#filled)
    const sums = checksumsOf(bytes)
    writeAll(this.#data, bytes)
    writeAll(this.#sums, sums)
    this.#crc = crc32(sums, this.#crc)
    this.#written += bytes.length
    if (this.#filled === FIRST_BYTES) this.#buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES)
    this.#filled = 0
  }

  /** All is with the system when this returns; `publishColumns` sees to it that it is on disk before it counts. */
  close(): ColumnEntry {
    this.#flush()
    const count = this.#written / this.#width
    if (!Number.isInteger(count)) {
      throw new Error(`column ${this.#name}: ${this.#written} bytes are no multiple of ${this.#width}`)
    }
    this.abandon()
    return { name: this.#name, width: this.#width, count, file: this.#file, crc: this.#crc }
  }

  /** Lets go of the files, whose folder is not going to be published. */
  abandon(): void {
    if (!this.#open) return
    this.#open = false
    closeSync(this.#data)
    closeSync(this.#sums)
  }
}

/** A system may write less than it was given. */
function writeAll(file: number, bytes: Uint8Array): void {
  let done = 0
  while (done < bytes.length) done += writeSync(file, bytes, done)
}
