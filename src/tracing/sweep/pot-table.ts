import type { FlatLots } from "./flat-lots.ts"

/** What a pot table is made of: plain arrays that a file or another thread takes as they are. */
export interface PotArrays {
  readonly outputs: Uint32Array
  /** Where each output's lots end in `labels` and `amounts`. */
  readonly ends: Uint32Array
  readonly labels: Uint32Array
  readonly amounts: Float64Array
}

const FIRST_ROOM = 256

/** Outputs with their lots, in the order in which they were put in; millions of them. */
export class PotTable {
  #outputs: Uint32Array
  #ends: Uint32Array
  #labels: Uint32Array
  #amounts: Float64Array
  #count = 0
  #lots = 0

  constructor(arrays: PotArrays | null = null) {
    this.#outputs = arrays?.outputs ?? new Uint32Array(FIRST_ROOM)
    this.#ends = arrays?.ends ?? new Uint32Array(FIRST_ROOM)
    this.#labels = arrays?.labels ?? new Uint32Array(FIRST_ROOM)
    this.#amounts = arrays?.amounts ?? new Float64Array(FIRST_ROOM)
    this.#count = arrays?.outputs.length ?? 0
    this.#lots = arrays?.labels.length ?? 0
  }

  get length(): number {
    return this.#count
  }

  add(output: number, lots: FlatLots): void {
    for (let at = 0; at < lots.length; at += 2) this.#addLot(lots[at] as number, lots[at + 1] as number)
    if (this.#count === this.#outputs.length) {
      this.#outputs = grown(this.#outputs, new Uint32Array(2 * this.#count + 1))
      this.#ends = grown(this.#ends, new Uint32Array(2 * this.#count + 1))
    }
    this.#outputs[this.#count] = output
    this.#ends[this.#count] = this.#lots
    this.#count++
  }

  #addLot(label: number, amount: number): void {
    if (this.#lots === this.#labels.length) {
      this.#labels = grown(this.#labels, new Uint32Array(2 * this.#lots + 1))
      this.#amounts = grown(this.#amounts, new Float64Array(2 * this.#lots + 1))
    }
    this.#labels[this.#lots] = label
    this.#amounts[this.#lots] = amount
    this.#lots++
  }

  output(at: number): number {
    return this.#outputs[at] as number
  }

  lots(at: number): FlatLots {
    const lots: number[] = []
    const end = this.#ends[at] as number
    for (let lot = at === 0 ? 0 : (this.#ends[at - 1] as number); lot < end; lot++) {
      lots.push(this.#labels[lot] as number, this.#amounts[lot] as number)
    }
    return lots
  }

  *[Symbol.iterator](): Generator<readonly [output: number, lots: FlatLots]> {
    for (let at = 0; at < this.#count; at++) yield [this.output(at), this.lots(at)]
  }

  arrays(): PotArrays {
    return {
      outputs: this.#outputs.slice(0, this.#count),
      ends: this.#ends.slice(0, this.#count),
      labels: this.#labels.slice(0, this.#lots),
      amounts: this.#amounts.slice(0, this.#lots),
    }
  }
}

function grown<T extends Uint32Array | Float64Array>(from: T, into: T): T {
  into.set(from)
  return into
}
