import type { Column } from "../../columns/column.ts"
import type { UtxoColumn } from "../utxo-layout.ts"

/** Some bytes of a column, which follow those told before. */
export interface Told {
  readonly name: UtxoColumn
  readonly bytes: Uint8Array
}

/** Values read or told at a time: of four bytes half a MiB, which is read past the cache. */
export const AT_A_TIME = 1 << 17

/** Numbers of 32 bits put together until there are enough to be told. */
export class NumberBatch {
  readonly #name: UtxoColumn
  #values = new Uint32Array(AT_A_TIME)
  #filled = 0

  constructor(name: UtxoColumn) {
    this.#name = name
  }

  /** @returns whether it is full now, and has to be taken */
  push(value: number): boolean {
    this.#values[this.#filled++] = value
    return this.#filled === AT_A_TIME
  }

  take(): Told {
    const bytes = new Uint8Array(this.#values.buffer, 0, 4 * this.#filled)
    this.#values = new Uint32Array(AT_A_TIME)
    this.#filled = 0
    return { name: this.#name, bytes }
  }
}

/** Reads numbers of 32 bits in their order. */
export class NumberReader {
  readonly #column: Column
  #values: Uint32Array = new Uint32Array(0)
  #start = 0
  #at = 0

  constructor(column: Column) {
    this.#column = column
  }

  /** How many are left. */
  get left(): number {
    return this.#column.count - this.#start - this.#at
  }

  /** @throws Error where none is left */
  next(): number {
    if (this.#at === this.#values.length) this.#fill()
    return this.#values[this.#at++] as number
  }

  #fill(): void {
    this.#start += this.#at
    const end = Math.min(this.#column.count, this.#start + AT_A_TIME)
    if (end === this.#start) throw new Error(`column ${this.#column.name}: there is no more of it`)
    this.#values = new Uint32Array(this.#column.range(this.#start, end).buffer)
    this.#at = 0
  }
}
