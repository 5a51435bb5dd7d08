import { type LaidOutBlock, laidOutTxids, layOutBlock } from "./block.ts"
import type { BlockColumns } from "./block-columns.ts"
import { CONSENSUS } from "./consensus.ts"
import type { Hash } from "./hash.ts"
import { blockHashOf } from "./header.ts"
import { Layout, TXID_LENGTH } from "./layout.ts"
import { ownerWriter } from "./owner-key.ts"
import { checkProofOfWork, type WorkHashes } from "./proof-of-work.ts"
import { WordColumns } from "./word-columns.ts"

/** What is needed of the machine: hash functions, faster than their like in JavaScript. */
export interface Hashes {
  readonly sha256: Hash
  readonly sha256d: Hash
  readonly work: WorkHashes
}

/** Grown once for all batches that a thread takes apart; nothing keeps it, and nothing else runs meanwhile. */
const layout = new Layout()

/**
 * @param raw blocks in height order from `firstHeight` on
 * @throws BlockFault; `onBlock` is told of each block before it is looked at, so that the fault can be placed
 */
export function columnsOf(
  raw: readonly Uint8Array[],
  firstHeight: number,
  network: keyof typeof CONSENSUS,
  hashes: Hashes,
  onBlock: (height: number) => void,
): BlockColumns {
  const consensus = CONSENSUS[network]
  layout.clear()
  const blocks: LaidOutBlock[] = []
  const txids: Uint8Array[] = []
  for (const [at, bytes] of raw.entries()) {
    onBlock(firstHeight + at)
    const block = layOutBlock(bytes, consensus, layout)
    checkProofOfWork(block.header, consensus, hashes.work)
    for (const txid of laidOutTxids(block, layout, hashes.sha256d)) txids.push(txid)
    blocks.push(block)
  }
  return {
    firstHeight,
    blocks: headerColumns(blocks, hashes.sha256d),
    transactions: transactionColumns(blocks, layout, txids),
    ...outputColumns(blocks, layout, network, hashes.sha256),
    inputs: inputColumns(blocks, layout),
  }
}

function headerColumns(blocks: readonly LaidOutBlock[], sha256d: Hash): BlockColumns["blocks"] {
  const count = blocks.length
  const hash = new WordColumns(count)
  const parent = new WordColumns(count)
  const merkleRoot = new WordColumns(count)
  const [time, bits, nonce] = [new Uint32Array(count), new Uint32Array(count), new Uint32Array(count)]
  const version = new Int32Array(count)
  const transactions = new Uint32Array(count)
  for (const [at, { header, firstTx, endTx }] of blocks.entries()) {
    hash.set(at, blockHashOf(header, sha256d))
    parent.set(at, header.previous)
    merkleRoot.set(at, header.merkleRoot)
    time[at] = header.time
    version[at] = header.version
    bits[at] = header.bits
    nonce[at] = header.nonce
    transactions[at] = endTx - firstTx
  }
  const words = { hash: hash.words, parent: parent.words, merkleRoot: merkleRoot.words }
  return { ...words, time, version, bits, nonce, transactions }
}

function transactionColumns(
  blocks: readonly LaidOutBlock[],
  layout: Layout,
  txids: readonly Uint8Array[],
): BlockColumns["transactions"] {
  const txid = new WordColumns(txids.length)
  const outputs = new Uint32Array(txids.length)
  const inputs = new Uint32Array(txids.length)
  for (const [tx, id] of txids.entries()) {
    txid.set(tx, id)
    outputs[tx] = layout.outputsOf(tx)
    inputs[tx] = layout.inputsOf(tx)
  }
  for (const { firstTx } of blocks) inputs[firstTx] = 0
  return { txid: txid.words, outputs, inputs }
}

function outputColumns(
  blocks: readonly LaidOutBlock[],
  layout: Layout,
  network: keyof typeof CONSENSUS,
  sha256: Hash,
): Pick<BlockColumns, "outputs" | "names"> {
  const { amount, script, scriptEnd, firstOutput } = layout
  const value = new BigInt64Array(layout.outputs)
  const kind = new Uint8Array(layout.outputs)
  const owner = new WordColumns(layout.outputs)
  // By halves: making a `BigInt` of each costs more than reading the output did.
  const values = new Uint32Array(value.buffer)
  const writeOwner = ownerWriter(network, CONSENSUS[network].mweb, sha256, kind, owner)
  const names = new Map<string, number>()
  for (const { bytes, firstTx, endTx } of blocks) {
    const end = firstOutput[endTx] as number
    for (let output = firstOutput[firstTx] as number; output < end; output++) {
      const at = amount[output] as number
      values[2 * output] = littleEndian(bytes, at)
      values[2 * output + 1] = littleEndian(bytes, at + 4)
      const name = writeOwner(bytes, script[output] as number, scriptEnd[output] as number, output)
      if (name !== null && !names.has(name)) names.set(name, output)
    }
  }
  return {
    outputs: { value, kind, owner: owner.words },
    names: [...names].map(([name, output]) => ({ output, name })),
  }
}

/** Coinbases have none here. */
function inputColumns(blocks: readonly LaidOutBlock[], layout: Layout): BlockColumns["inputs"] {
  const { reference, firstInput } = layout
  const count = layout.inputs - blocks.length
  const txid = new WordColumns(count)
  const vout = new Uint32Array(count)
  let row = 0
  for (const { bytes, firstTx, endTx } of blocks) {
    const end = firstInput[endTx] as number
    for (let input = firstInput[firstTx + 1] as number; input < end; input++) {
      const at = reference[input] as number
      txid.set(row, bytes, at, at + TXID_LENGTH)
      vout[row++] = littleEndian(bytes, at + TXID_LENGTH)
    }
  }
  return { txid: txid.words, vout }
}

function littleEndian(bytes: Uint8Array, at: number): number {
  const b = bytes as unknown as Record<number, number>
  return (
    (b[at] as number) |
    ((b[at + 1] as number) << 8) |
    ((b[at + 2] as number) << 16) |
    ((b[at + 3] as number) << 24)
  )
}
