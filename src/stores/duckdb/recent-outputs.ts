/** Half of what is held: together 190 MB where outputs are 2.5 a transaction. */
export interface GenerationSize {
  /** A power of two. */
  readonly transactions: number
  readonly outputs: number
}

export const GENERATION: GenerationSize = { transactions: 1 << 20, outputs: 5 << 19 }
const HALVES = 8

/** A transaction's record: its txid, its first output, and the one after its last. */
const RECORD = 10
const FIRST_OUTPUT = 8
const END_OUTPUT = 9

/** Where an output's value was, once it is spent, and of one that nobody can spend. */
const SPENT = -1
const BURNED = -2
/** Of the kinds of owners: nobody can spend it. */
const BURNED_KIND = 0

/** Txids as columns of 64 bits, seen by halves. */
export type Halves = readonly Uint32Array[]

export type SpendFault = "unknown" | "spent" | "burned"

/**
 * The newest outputs and what has become of them, so that an input which spends one of them needs no look-up in the
 * database: most coins are spent soon. What is not found here is not unknown, only not recent.
 *
 * Two generations: when the young one is full it becomes the old one, and the old one is forgotten. Transactions must be
 * added in chain order without holes, since an output's id follows from its place.
 */
export class RecentOutputs {
  readonly #size: GenerationSize
  #young: Generation
  #old: Generation
  /** Of the output that `spend` has found. */
  id = 0
  value = 0

  constructor(nextId: number, size: GenerationSize) {
    this.#size = size
    this.#young = new Generation(size, nextId)
    this.#old = new Generation(size, nextId)
  }

  /**
   * Spends an output, and says by `id` and `value` what it was.
   *
   * @returns whether it is a recent one; or why it cannot be spent
   */
  spend(txids: Halves, row: number, vout: number): boolean | SpendFault {
    const hash = hashOf(txids, row)
    const young = this.#young.find(txids, row, hash)
    if (young >= 0) return this.#take(this.#young, young, vout)
    const old = this.#old.find(txids, row, hash)
    return old >= 0 && this.#take(this.#old, old, vout)
  }

  #take(generation: Generation, record: number, vout: number): true | SpendFault {
    const output = (generation.records[record + FIRST_OUTPUT] as number) + vout
    if (output >= (generation.records[record + END_OUTPUT] as number)) return "unknown"
    const value = generation.values[output] as number
    if (value < 0) return value === SPENT ? "spent" : "burned"
    generation.values[output] = SPENT
    this.id = generation.firstId + output
    this.value = value
    return true
  }

  /**
   * Adds a transaction.
   *
   * @param firstId of its first output
   * @param first its first output's row in `amounts`, which are by halves, and in `kinds`
   */
  add(
    txids: Halves,
    row: number,
    firstId: number,
    amounts: Uint32Array,
    kinds: Uint8Array,
    first: number,
    count: number,
  ): void {
    if (count > this.#size.outputs) {
      this.clear(firstId + count)
      return
    }
    if (!this.#young.hasRoom(count)) {
      this.#old = this.#young
      this.#young = new Generation(this.#size, firstId)
    }
    this.#young.add(txids, row, hashOf(txids, row), amounts, kinds, first, count)
  }

  /** Forgets everything. @param nextId of the output that is added next */
  clear(nextId: number): void {
    this.#young = new Generation(this.#size, nextId)
    this.#old = new Generation(this.#size, nextId)
  }
}

/** Records lie one after the other, so that finding one is a look at its slot, at it, and at the output's value. */
class Generation {
  /** Of the first output. */
  readonly firstId: number
  readonly records: Uint32Array
  readonly values: Float64Array
  /** A record's number plus one; 0 for none. */
  readonly #slots: Uint32Array
  readonly #mask: number
  readonly #mostTransactions: number
  #transactions = 0
  #outputs = 0

  constructor({ transactions, outputs }: GenerationSize, firstId: number) {
    this.firstId = firstId
    this.records = new Uint32Array(transactions * RECORD)
    this.values = new Float64Array(outputs)
    this.#slots = new Uint32Array(2 * transactions)
    this.#mask = 2 * transactions - 1
    this.#mostTransactions = transactions
  }

  hasRoom(outputs: number): boolean {
    return this.#transactions < this.#mostTransactions && this.#outputs + outputs <= this.values.length
  }

  /** Where its record begins; below 0 where it has none. */
  find(txids: Halves, row: number, hash: number): number {
    for (let slot = hash & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const record = ((this.#slots[slot] as number) - 1) * RECORD
      if (record < 0 || this.#isOf(record, txids, row)) return record
    }
  }

  /** A txid that is here already is taken over by the later transaction (BIP30). */
  add(
    txids: Halves,
    row: number,
    hash: number,
    amounts: Uint32Array,
    kinds: Uint8Array,
    first: number,
    count: number,
  ): void {
    const record = this.#transactions++ * RECORD
    for (let half = 0; half < HALVES; half++) this.records[record + half] = halfOf(txids, row, half)
    this.records[record + FIRST_OUTPUT] = this.#outputs
    for (let output = first; output < first + count; output++) {
      const value = (amounts[2 * output + 1] as number) * 2 ** 32 + (amounts[2 * output] as number)
      this.values[this.#outputs++] = kinds[output] === BURNED_KIND ? BURNED : value
    }
    this.records[record + END_OUTPUT] = this.#outputs
    let slot = hash & this.#mask
    while (this.#slots[slot] !== 0 && !this.#isOf(((this.#slots[slot] as number) - 1) * RECORD, txids, row)) {
      slot = (slot + 1) & this.#mask
    }
    this.#slots[slot] = this.#transactions
  }

  #isOf(record: number, txids: Halves, row: number): boolean {
    for (let half = 0; half < HALVES; half++) {
      if (this.records[record + half] !== halfOf(txids, row, half)) return false
    }
    return true
  }
}

const halfOf = (txids: Halves, row: number, half: number): number =>
  (txids[half >> 1] as Uint32Array)[2 * row + (half & 1)] as number

/** Not to be known in advance: whoever grinds txids that collide under one secret has nothing under the next. */
const SECRET = Array.from({ length: 2 }, () => Math.floor(Math.random() * 2 ** 32))

function hashOf(txids: Halves, row: number): number {
  const [a, b] = [
    halfOf(txids, row, 0) ^ (SECRET[0] as number),
    halfOf(txids, row, 3) ^ (SECRET[1] as number),
  ]
  const mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}
