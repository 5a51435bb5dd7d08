import { BlockFault } from "./block-fault.ts"
import { Cursor } from "./cursor.ts"

export interface Input {
  /** In the byte order of the chain; `displayed` turns it round. */
  readonly prevTxid: Uint8Array
  readonly prevVout: number
  readonly sequence: number
}

export interface Output {
  /** Smallest units; exact, as it is below 2^53. A sum of several need not be: add them as `bigint`. */
  readonly value: number
  readonly script: Uint8Array
}

/** A transaction over the bytes it was read from: scripts and references are views of them, not copies. */
export interface Transaction {
  readonly bytes: Uint8Array
  readonly version: number
  readonly inputs: readonly Input[]
  readonly outputs: readonly Output[]
  readonly lockTime: number
  readonly isCoinbase: boolean
  readonly hasWitness: boolean
  /** Litecoin only: carries the mark of the transaction that integrates the extension block (LIP-0002). */
  readonly isHogEx: boolean
  /** Where in `bytes` inputs and outputs begin and end: with version and lock time, what a txid is made of. */
  readonly body: { readonly from: number; readonly to: number }
}

/** What a transaction may carry besides: Litecoin's extension blocks add a flag. */
export interface Dialect {
  readonly mweb: boolean
}

/** Reference, empty script and sequence; amount and empty script. The least that each can take. */
const SHORTEST_INPUT = 41
const SHORTEST_OUTPUT = 9
/** Version, one input, one output, lock time: the least of a whole transaction. */
export const SHORTEST_TRANSACTION = 60

const TXID_LENGTH = 32
/** The output index of a coinbase's reference, whose txid is all zeros. */
const NO_OUTPUT = 0xffffffff

/** BIP144. */
const WITNESS = 1
/** LIP-0003, `UnserializeTransaction` of Litecoin Core. */
const MWEB = 8

/**
 * One whole transaction and nothing after it.
 *
 * @throws BlockFault
 */
export function decodeTransaction(bytes: Uint8Array, dialect: Dialect): Transaction {
  const cursor = new Cursor(bytes)
  const transaction = readTransaction(cursor, dialect)
  if (cursor.left > 0) throw new BlockFault("bytes left over", cursor.at)
  return transaction
}

/** Reads a transaction, leaving the cursor behind it. */
export function readTransaction(cursor: Cursor, dialect: Dialect): Transaction {
  const start = cursor.at
  const version = cursor.int32()
  const flags = readFlags(cursor, dialect)
  const from = cursor.at - start
  const inputs = readInputs(cursor)
  const outputs = readOutputs(cursor)
  const to = cursor.at - start
  if (flags & WITNESS) skipWitnesses(cursor, inputs.length)
  if (flags & MWEB) refuseMwebData(cursor)
  const lockTime = cursor.uint32()
  return {
    bytes: cursor.bytes.subarray(start, cursor.at),
    version,
    inputs,
    outputs,
    lockTime,
    isCoinbase: inputs.length === 1 && isEmptyReference(inputs[0]),
    hasWitness: (flags & WITNESS) !== 0,
    isHogEx: (flags & MWEB) !== 0,
    body: { from, to },
  }
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

function readInputs(cursor: Cursor): Input[] {
  const from = cursor.at
  const count = cursor.count(SHORTEST_INPUT)
  if (count === 0) throw new BlockFault("transaction without inputs", from)
  const inputs: Input[] = []
  for (let n = 0; n < count; n++) {
    const at = cursor.at
    const prevTxid = cursor.take(TXID_LENGTH)
    const prevVout = cursor.uint32()
    cursor.skipSized()
    const input = { prevTxid, prevVout, sequence: cursor.uint32() }
    if (count > 1 && isEmptyReference(input)) {
      throw new BlockFault("empty reference beside other inputs", at)
    }
    inputs.push(input)
  }
  return inputs
}

function readOutputs(cursor: Cursor): Output[] {
  const from = cursor.at
  const count = cursor.count(SHORTEST_OUTPUT)
  if (count === 0) throw new BlockFault("transaction without outputs", from)
  const outputs: Output[] = []
  for (let n = 0; n < count; n++) {
    const value = cursor.amount()
    const script = cursor.take(cursor.count(1))
    outputs.push({ value, script })
  }
  return outputs
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

function isEmptyReference(input: Input | undefined): boolean {
  return input?.prevVout === NO_OUTPUT && input.prevTxid.every(byte => byte === 0)
}
