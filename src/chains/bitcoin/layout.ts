import { BlockFault } from "./block-fault.ts"
import type { Cursor } from "./cursor.ts"

/** What a transaction may carry besides: Litecoin's extension blocks add a flag. */
export interface Dialect {
  readonly mweb: boolean
}

/** Reference, empty script and sequence; amount and empty script. The least that each can take. */
const SHORTEST_INPUT = 41
const SHORTEST_OUTPUT = 9
/** Version, one input, one output, lock time: the least of a whole transaction. */
export const SHORTEST_TRANSACTION = 60

export const TXID_LENGTH = 32
/** A txid and the index of its output. */
const REFERENCE_LENGTH = TXID_LENGTH + 4

/** BIP144. */
export const WITNESS = 1
/** LIP-0003, `UnserializeTransaction` of Litecoin Core. */
export const MWEB = 8

const LEAST_ROOM = 256

/**
 * Where the parts of transactions lie in the bytes of their blocks: rows of numbers, with nothing made for a
 * transaction, an input or an output. That is a third of the time that making objects of them takes.
 */
export class Layout {
  transactions = 0
  inputs = 0
  outputs = 0
  /** By transaction: its first byte, its inputs' and that after its outputs, that after its end. */
  start = new Int32Array(LEAST_ROOM)
  body = new Int32Array(LEAST_ROOM)
  bodyEnd = new Int32Array(LEAST_ROOM)
  end = new Int32Array(LEAST_ROOM)
  flags = new Uint8Array(LEAST_ROOM)
  /** By transaction, and one more for the next: its first row below. */
  firstInput = new Int32Array(LEAST_ROOM)
  firstOutput = new Int32Array(LEAST_ROOM)
  /** By input: the txid that it refers to, which its index follows; its sequence. */
  reference = new Int32Array(LEAST_ROOM)
  sequence = new Int32Array(LEAST_ROOM)
  /** By output: its amount; its script, and the byte after. */
  amount = new Int32Array(LEAST_ROOM)
  script = new Int32Array(LEAST_ROOM)
  scriptEnd = new Int32Array(LEAST_ROOM)

  clear(): void {
    this.transactions = 0
    this.inputs = 0
    this.outputs = 0
  }

  inputsOf(tx: number): number {
    return (this.firstInput[tx + 1] as number) - (this.firstInput[tx] as number)
  }

  outputsOf(tx: number): number {
    return (this.firstOutput[tx + 1] as number) - (this.firstOutput[tx] as number)
  }

  isHogEx(tx: number): boolean {
    return ((this.flags[tx] as number) & MWEB) !== 0
  }

  /** @param bytes of its block */
  isCoinbase(tx: number, bytes: Uint8Array): boolean {
    return (
      this.inputsOf(tx) === 1 &&
      isEmptyReference(bytes, this.reference[this.firstInput[tx] as number] as number)
    )
  }

  addTransaction(start: number, body: number, bodyEnd: number, end: number, flags: number): void {
    const tx = this.transactions++
    if (tx + 1 >= this.start.length) this.#growTransactions()
    this.start[tx] = start
    this.body[tx] = body
    this.bodyEnd[tx] = bodyEnd
    this.end[tx] = end
    this.flags[tx] = flags
    this.firstInput[tx + 1] = this.inputs
    this.firstOutput[tx + 1] = this.outputs
  }

  #growTransactions(): void {
    const room = 2 * this.start.length
    this.start = grown(this.start, room)
    this.body = grown(this.body, room)
    this.bodyEnd = grown(this.bodyEnd, room)
    this.end = grown(this.end, room)
    this.firstInput = grown(this.firstInput, room)
    this.firstOutput = grown(this.firstOutput, room)
    const flags = new Uint8Array(room)
    flags.set(this.flags)
    this.flags = flags
  }

  roomForInputs(more: number): void {
    if (this.inputs + more <= this.reference.length) return
    const room = 2 * (this.inputs + more)
    this.reference = grown(this.reference, room)
    this.sequence = grown(this.sequence, room)
  }

  roomForOutputs(more: number): void {
    if (this.outputs + more <= this.amount.length) return
    const room = 2 * (this.outputs + more)
    this.amount = grown(this.amount, room)
    this.script = grown(this.script, room)
    this.scriptEnd = grown(this.scriptEnd, room)
  }
}

function grown(from: Int32Array, room: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(room)
  to.set(from)
  return to
}

/**
 * Lays out the transaction that begins at the cursor, and leaves the cursor behind it.
 *
 * @throws BlockFault
 */
export function layOutTransaction(cursor: Cursor, dialect: Dialect, into: Layout): void {
  const start = cursor.skip(4)
  const flags = readFlags(cursor, dialect)
  const body = cursor.at
  const inputs = layOutInputs(cursor, into)
  layOutOutputs(cursor, into)
  const bodyEnd = cursor.at
  if (flags & WITNESS) skipWitnesses(cursor, inputs)
  if (flags & MWEB) refuseMwebData(cursor)
  cursor.skip(4)
  into.addTransaction(start, body, bodyEnd, cursor.at, flags)
}

/**
 * BIP144: a zero where the number of inputs is expected, then flags. A transaction must have inputs, so nothing is
 * mistaken for it.
 */
function readFlags(cursor: Cursor, { mweb }: Dialect): number {
  const from = cursor.at
  if (cursor.uint8() !== 0) {
    cursor.at = from
    return 0
  }
  const flags = cursor.uint8()
  if (flags === 0) throw new BlockFault("transaction without inputs", from)
  if ((flags & ~(mweb ? WITNESS | MWEB : WITNESS)) !== 0) {
    throw new BlockFault("unknown transaction flag", from + 1)
  }
  return flags
}

/** How many there are. */
function layOutInputs(cursor: Cursor, into: Layout): number {
  const from = cursor.at
  const count = cursor.count(SHORTEST_INPUT)
  if (count === 0) throw new BlockFault("transaction without inputs", from)
  into.roomForInputs(count)
  for (let n = 0; n < count; n++) {
    const at = cursor.skip(REFERENCE_LENGTH)
    cursor.skipSized()
    into.sequence[into.inputs] = cursor.skip(4)
    if (count > 1 && isEmptyReference(cursor.bytes, at)) {
      throw new BlockFault("empty reference beside other inputs", at)
    }
    into.reference[into.inputs++] = at
  }
  return count
}

function layOutOutputs(cursor: Cursor, into: Layout): void {
  const from = cursor.at
  const count = cursor.count(SHORTEST_OUTPUT)
  if (count === 0) throw new BlockFault("transaction without outputs", from)
  into.roomForOutputs(count)
  for (let n = 0; n < count; n++) {
    into.amount[into.outputs] = cursor.skipAmount()
    into.script[into.outputs] = cursor.skipSized()
    into.scriptEnd[into.outputs++] = cursor.at
  }
}

/** Signatures are the node's business. One non-empty stack there must be: else the plain form was due (BIP144). */
function skipWitnesses(cursor: Cursor, inputs: number): void {
  const from = cursor.at
  let items = 0
  for (let n = 0; n < inputs; n++) {
    const count = cursor.count(1)
    items += count
    for (let item = 0; item < count; item++) cursor.skipSized()
  }
  if (items === 0) throw new BlockFault("witness flag without a witness", from)
}

/**
 * Behind the MWEB flag stands an optional transaction of the extension block. In a block there is none: it has been
 * moved into the extension block, and the flag with a single zero is the mark of the HogEx.
 */
function refuseMwebData(cursor: Cursor): void {
  const from = cursor.at
  if (cursor.uint8() !== 0) throw new BlockFault("MWEB transaction data in a block", from)
}

/** A coinbase's: all zeros, and the highest index. */
function isEmptyReference(bytes: Uint8Array, at: number): boolean {
  for (let byte = at + TXID_LENGTH; byte < at + REFERENCE_LENGTH; byte++)
    if (bytes[byte] !== 0xff) return false
  for (let byte = at; byte < at + TXID_LENGTH; byte++) if (bytes[byte] !== 0) return false
  return true
}
