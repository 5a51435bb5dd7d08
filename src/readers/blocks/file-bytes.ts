import { closeSync, fstatSync, openSync, readSync } from "node:fs"
import { asProblem } from "../file-problem.ts"
import { type ObfuscationKey, obfuscate } from "./obfuscation.ts"

/** What is read at once around a header: a few blocks of the first years, one page of those since. */
const WINDOW = 4096
/** What is read at once in a search. */
const CHUNK = 1 << 20

/**
 * The bytes of one block file by place, without the obfuscation. Reads are synchronous: a scan makes a million small
 * ones, of 2 microseconds each, where one that is waited for takes 20 and more.
 */
export class FileBytes {
  readonly path: string
  readonly size: number
  readonly #descriptor: number
  readonly #key: ObfuscationKey | null
  readonly #window = new Uint8Array(WINDOW)
  #from = 0
  #held = 0

  private constructor(path: string, size: number, descriptor: number, key: ObfuscationKey | null) {
    this.path = path
    this.size = size
    this.#descriptor = descriptor
    this.#key = key
  }

  /**
   * Hands the opened file to `use`, and closes it.
   *
   * @throws Problem `file-missing`, `file-unreadable`
   */
  static with<T>(path: string, key: ObfuscationKey | null, use: (bytes: FileBytes) => T): T {
    try {
      const descriptor = openSync(path, "r")
      try {
        return use(new FileBytes(path, fstatSync(descriptor).size, descriptor, key))
      } finally {
        closeSync(descriptor)
      }
    } catch (error) {
      throw asProblem(error, path)
    }
  }

  /** A copy of up to `length` bytes; fewer where the file ends. */
  copy(at: number, length: number): Uint8Array {
    const bytes = this.#raw(at, Math.max(0, Math.min(length, this.size - at)))
    obfuscate(bytes, at, this.#key)
    return bytes
  }

  /** Whether these bytes have never been written: a node makes room for blocks in advance, filled with zeros. */
  isBlank(from: number, length: number): boolean {
    const end = Math.min(from + length, this.size)
    for (let at = from; at < end; at += CHUNK) {
      const bytes = this.#raw(at, Math.min(CHUNK, end - at))
      if (!bytes.every(byte => byte === 0)) return false
    }
    return true
  }

  /** The first place at or after `from` where `wanted` stands whole; -1 where it does not. */
  find(wanted: Uint8Array, from: number): number {
    // Small at first: between blocks of some hundred bytes a megabyte each time would be read a thousandfold.
    let length = WINDOW
    for (let at = from; at < this.size; ) {
      const chunk = this.copy(at, length)
      const { buffer, byteOffset, byteLength } = chunk
      const found = Buffer.from(buffer, byteOffset, byteLength).indexOf(wanted)
      if (found >= 0) return at + found
      // Chunks overlap, so that no border hides what is sought.
      at += length - wanted.length + 1
      length = Math.min(2 * length, CHUNK)
    }
    return -1
  }

  #raw(at: number, length: number): Uint8Array {
    if (length > WINDOW) {
      const bytes = new Uint8Array(length)
      return bytes.subarray(0, this.#read(bytes, at))
    }
    if (at < this.#from || at + length > this.#from + this.#held) {
      this.#from = at
      this.#held = this.#read(this.#window, at)
    }
    return this.#window.slice(at - this.#from, at - this.#from + length)
  }

  #read(into: Uint8Array, at: number): number {
    let done = 0
    while (done < into.length) {
      const count = readSync(this.#descriptor, into, done, into.length - done, at + done)
      if (count === 0) break
      done += count
    }
    return done
  }
}
