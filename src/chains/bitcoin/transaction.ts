import { BlockFault } from "./block-fault.ts"
import { Cursor } from "./cursor.ts"
import { type Dialect, Layout, layOutTransaction, TXID_LENGTH, WITNESS } from "./layout.ts"

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

/**
 * One whole transaction and nothing after it.
 *
 * @throws BlockFault
 */
export function decodeTransaction(bytes: Uint8Array, dialect: Dialect): Transaction {
  const cursor = new Cursor(bytes)
  const layout = new Layout()
  layOutTransaction(cursor, dialect, layout)
  if (cursor.left > 0) throw new BlockFault("bytes left over", cursor.at)
  return transactionAt(cursor, layout, 0)
}

/** A transaction that has been laid out. The cursor is over the bytes of its block, wherever in them. */
export function transactionAt(cursor: Cursor, layout: Layout, tx: number): Transaction {
  const { bytes } = cursor
  const start = layout.start[tx] as number
  const end = layout.end[tx] as number
  return {
    bytes: bytes.subarray(start, end),
    version: cursor.int32At(start),
    inputs: inputsAt(cursor, layout, tx),
    outputs: outputsAt(cursor, layout, tx),
    lockTime: cursor.uint32At(end - 4),
    isCoinbase: layout.isCoinbase(tx, bytes),
    hasWitness: ((layout.flags[tx] as number) & WITNESS) !== 0,
    isHogEx: layout.isHogEx(tx),
    body: { from: (layout.body[tx] as number) - start, to: (layout.bodyEnd[tx] as number) - start },
  }
}

function inputsAt(cursor: Cursor, layout: Layout, tx: number): Input[] {
  const inputs: Input[] = []
  const end = layout.firstInput[tx + 1] as number
  for (let input = layout.firstInput[tx] as number; input < end; input++) {
    const at = layout.reference[input] as number
    inputs.push({
      prevTxid: cursor.bytes.subarray(at, at + TXID_LENGTH),
      prevVout: cursor.uint32At(at + TXID_LENGTH),
      sequence: cursor.uint32At(layout.sequence[input] as number),
    })
  }
  return inputs
}

function outputsAt(cursor: Cursor, layout: Layout, tx: number): Output[] {
  const outputs: Output[] = []
  const end = layout.firstOutput[tx + 1] as number
  for (let output = layout.firstOutput[tx] as number; output < end; output++) {
    outputs.push({
      value: cursor.amountAt(layout.amount[output] as number),
      script: cursor.bytes.subarray(layout.script[output], layout.scriptEnd[output]),
    })
  }
  return outputs
}
