import { closeSync, fstatSync, openSync, readSync } from "node:fs"
import { join } from "node:path"
import { crc32 } from "node:zlib"
import { Problem } from "../../units/problem.ts"
import { CHUNK_BYTES, chunksIn } from "./chunk.ts"
import type { ColumnEntry } from "./manifest.ts"

/** One column's two files, open for as long as the columns are: a set that is replaced meanwhile stays readable. */
export class ColumnFile {
  readonly entry: ColumnEntry
  readonly bytes: number
  readonly #told: string
  readonly #data: number
  readonly #sumsFile: number
  #sums: DataView | null = null

  /**
   * @param prefix stands before the file's name where something is wrong with it
   * @throws Problem `ledger-damaged` where a file has not the length that it must have; errors of the system
   */
  constructor(folder: string, entry: ColumnEntry, prefix = "") {
    this.entry = entry
    this.#told = `${prefix}${entry.name}`
    this.bytes = entry.width * entry.count
    this.#data = openSync(join(folder, entry.file), "r")
    try {
      this.#sumsFile = openSync(join(folder, `${entry.name}.crc`), "r")
    } catch (error) {
      closeSync(this.#data)
      throw error
    }
    const long = fstatSync(this.#data).size === this.bytes
    if (long && fstatSync(this.#sumsFile).size === chunksIn(this.bytes) * 4) return
    this.close()
    throw damaged(long ? `${this.#told}.crc: length` : `${this.#told}.col: length`)
  }

  close(): void {
    closeSync(this.#data)
    closeSync(this.#sumsFile)
  }

  /**
   * Reads whole chunks, the column's last one perhaps shorter, and checks each.
   *
   * @param into as long as the chunks, or longer
   * @throws Problem `ledger-damaged`
   */
  read(firstChunk: number, chunks: number, into: Uint8Array): void {
    const start = firstChunk * CHUNK_BYTES
    const length = Math.min(start + chunks * CHUNK_BYTES, this.bytes) - start
    this.#pread(this.#data, into, length, start, `chunk ${firstChunk}`)
    const sums = this.#checksums()
    for (let chunk = 0; chunk < chunks; chunk++) {
      const bytes = into.subarray(chunk * CHUNK_BYTES, Math.min((chunk + 1) * CHUNK_BYTES, length))
      if (crc32(bytes) !== sums.getUint32((firstChunk + chunk) * 4, true)) {
        throw damaged(`${this.#told}.col: chunk ${firstChunk + chunk}`)
      }
    }
  }

  /** Kept whole once needed: 64 bytes for each MiB of the column. */
  #checksums(): DataView {
    if (this.#sums !== null) return this.#sums
    const bytes = new Uint8Array(chunksIn(this.bytes) * 4)
    this.#pread(this.#sumsFile, bytes, bytes.length, 0, "checksums")
    if (crc32(bytes) !== this.entry.crc) throw damaged(`${this.#told}.crc`)
    this.#sums = new DataView(bytes.buffer)
    return this.#sums
  }

  #pread(file: number, into: Uint8Array, length: number, position: number, what: string): void {
    let done = 0
    while (done < length) {
      const read = this.#readOnce(file, into, done, length - done, position + done, what)
      if (read === 0) throw damaged(`${this.#told}.col: ${what} is cut short`)
      done += read
    }
  }

  /** A disk that cannot read is a damage like any other: the columns can be made anew elsewhere. */
  #readOnce(
    file: number,
    into: Uint8Array,
    offset: number,
    length: number,
    position: number,
    what: string,
  ): number {
    try {
      return readSync(file, into, offset, Math.min(length, 1 << 30), position)
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : ""
      if (code !== "EIO") throw error
      throw damaged(`${this.#told}.col: ${what}: ${code}`)
    }
  }
}

function damaged(reason: string): Problem {
  return new Problem("ledger-damaged", { reason })
}
