import { IDENTITY_BYTES, RECORD_BYTES } from "./label-record.ts"

const NONE = -1
const FIRST_ROWS = 1024

/**
 * Records one after the other in one block of bytes, and for each identity (what its first bytes say) the newest record
 * that has it, in an open hash table: some 80 bytes a record in all, where a map of texts would take several hundred.
 */
export class SpanTable {
  count = 0
  #bytes = new Uint8Array(FIRST_ROWS * RECORD_BYTES)
  #view = new DataView(this.#bytes.buffer)
  #slots = new Int32Array(FIRST_ROWS * 4).fill(NONE)
  #used = 0
  /** Differs from run to run, so that no file can be made whose labels all meet in one slot. */
  readonly #seed = Math.floor(Math.random() * 2 ** 32)

  get view(): DataView {
    return this.#view
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.count * RECORD_BYTES)
  }

  /** Where a record stands that is written now; it becomes one of the table by `add`. */
  get scratch(): number {
    if ((this.count + 1) * RECORD_BYTES > this.#bytes.length) {
      const wider = new Uint8Array(this.#bytes.length * 2)
      wider.set(this.#bytes)
      this.#bytes = wider
      this.#view = new DataView(wider.buffer)
    }
    const at = this.count * RECORD_BYTES
    return at
  }

  /** Writes a whole record, for one that is read back. */
  write(at: number, record: Uint8Array): void {
    this.#bytes.set(record, at)
  }

  /** The newest record with the identity of the one in the scratch; null for none. */
  newest(): number | null {
    const row = this.#slots[this.#slotOf(this.count)] ?? NONE
    return row === NONE ? null : row
  }

  /** The record in the scratch is the newest of its identity now. @returns its row */
  add(): number {
    if (this.#used * 2 >= this.#slots.length) this.#grow()
    const slot = this.#slotOf(this.count)
    if (this.#slots[slot] === NONE) this.#used++
    this.#slots[slot] = this.count
    return this.count++
  }

  #grow(): void {
    const old = this.#slots
    this.#slots = new Int32Array(old.length * 2).fill(NONE)
    for (const row of old) if (row !== NONE) this.#slots[this.#slotOf(row)] = row
  }

  #slotOf(row: number): number {
    const mask = this.#slots.length - 1
    let slot = this.#hash(row) & mask
    for (;;) {
      const other = this.#slots[slot] ?? NONE
      if (other === NONE || this.#same(other, row)) return slot
      slot = (slot + 1) & mask
    }
  }

  #hash(row: number): number {
    const start = row * RECORD_BYTES
    let hash = this.#seed
    for (let at = start; at < start + IDENTITY_BYTES; at += 2) {
      hash = Math.imul(hash ^ this.#view.getUint16(at, true), 0x85eb_ca6b)
      hash ^= hash >>> 13
    }
    hash = Math.imul(hash, 0xc2b2_ae35)
    return (hash ^ (hash >>> 16)) >>> 0
  }

  #same(a: number, b: number): boolean {
    const [first, second] = [a * RECORD_BYTES, b * RECORD_BYTES]
    for (let n = 0; n < IDENTITY_BYTES; n++) {
      if (this.#bytes[first + n] !== this.#bytes[second + n]) return false
    }
    return true
  }
}
