import { type Block, decodeBlock, verifiedTxids } from "./block.ts"
import { type BlockColumns, joinedColumns } from "./block-columns.ts"
import { CONSENSUS } from "./consensus.ts"
import type { Hash } from "./hash.ts"
import { blockHashOf } from "./header.ts"
import { type OwnerWriter, ownerWriter } from "./owner-key.ts"
import { checkProofOfWork, type WorkHashes } from "./proof-of-work.ts"
import { WordColumns } from "./word-columns.ts"

/** What is needed of the machine: hash functions, faster than their like in JavaScript. */
export interface Hashes {
  readonly sha256: Hash
  readonly sha256d: Hash
  readonly work: WorkHashes
}

/** Blocks decoded at a time: what is made of so many bytes is gone before the collector has to move it. */
const BYTES_AT_A_TIME = 512 * 1024

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
  const ownersInto = (kinds: Uint8Array, keys: WordColumns) =>
    ownerWriter(network, consensus.mweb, hashes.sha256, kinds, keys)
  const parts: BlockColumns[] = []
  let decoded: Decoded[] = []
  let bytesDecoded = 0
  const close = (): void => {
    const height = firstHeight + parts.reduce((sum, { blocks }) => sum + blocks.time.length, 0)
    parts.push(new Filling(decoded, height, ownersInto).filled(hashes))
    decoded = []
    bytesDecoded = 0
  }
  for (const [at, bytes] of raw.entries()) {
    onBlock(firstHeight + at)
    const block = decodeBlock(bytes, consensus)
    checkProofOfWork(block.header, consensus, hashes.work)
    decoded.push({ block, txids: verifiedTxids(block, hashes.sha256d) })
    bytesDecoded += bytes.length
    if (bytesDecoded >= BYTES_AT_A_TIME) close()
  }
  if (decoded.length > 0 || parts.length === 0) close()
  return joinedColumns(parts)
}

type Decoded = { readonly block: Block; readonly txids: readonly Uint8Array[] }

const TWO_32 = 2 ** 32

class Filling {
  readonly #decoded: readonly Decoded[]
  readonly #firstHeight: number
  readonly #ownersInto: (kinds: Uint8Array, keys: WordColumns) => OwnerWriter

  constructor(
    decoded: readonly Decoded[],
    firstHeight: number,
    ownersInto: (kinds: Uint8Array, keys: WordColumns) => OwnerWriter,
  ) {
    this.#decoded = decoded
    this.#firstHeight = firstHeight
    this.#ownersInto = ownersInto
  }

  filled(hashes: Hashes): BlockColumns {
    const counts = this.#count()
    const txid = new WordColumns(counts.transactions)
    const outputCounts = new Uint32Array(counts.transactions)
    const inputCounts = new Uint32Array(counts.transactions)
    const value = new BigInt64Array(counts.outputs)
    const kind = new Uint8Array(counts.outputs)
    const owner = new WordColumns(counts.outputs)
    const values = new Uint32Array(value.buffer)
    const writeOwner = this.#ownersInto(kind, owner)
    const prevTxid = new WordColumns(counts.inputs)
    const vout = new Uint32Array(counts.inputs)
    const names = new Map<string, number>()
    let [tx, output, input] = [0, 0, 0]
    for (const { block, txids } of this.#decoded) {
      for (const [at, transaction] of block.transactions.entries()) {
        txid.set(tx, txids[at] as Uint8Array)
        outputCounts[tx] = transaction.outputs.length
        for (const made of transaction.outputs) {
          // By halves: making a `BigInt` of each costs more than reading the output did.
          values[2 * output] = made.value % TWO_32
          values[2 * output + 1] = made.value / TWO_32
          const name = writeOwner(made.script, output)
          if (name !== null && !names.has(name)) names.set(name, output)
          output++
        }
        if (!transaction.isCoinbase) {
          inputCounts[tx] = transaction.inputs.length
          for (const { prevTxid: spent, prevVout } of transaction.inputs) {
            prevTxid.set(input, spent)
            vout[input] = prevVout
            input++
          }
        }
        tx++
      }
    }
    return {
      firstHeight: this.#firstHeight,
      blocks: this.#blocks(hashes.sha256d),
      transactions: { txid: txid.words, outputs: outputCounts, inputs: inputCounts },
      outputs: { value, kind, owner: owner.words },
      inputs: { txid: prevTxid.words, vout },
      names: [...names].map(([name, at]) => ({ output: at, name })),
    }
  }

  #count(): { transactions: number; outputs: number; inputs: number } {
    let [transactions, outputs, inputs] = [0, 0, 0]
    for (const { block } of this.#decoded) {
      transactions += block.transactions.length
      for (const transaction of block.transactions) {
        outputs += transaction.outputs.length
        if (!transaction.isCoinbase) inputs += transaction.inputs.length
      }
    }
    return { transactions, outputs, inputs }
  }

  #blocks(sha256d: Hash): BlockColumns["blocks"] {
    const count = this.#decoded.length
    const hash = new WordColumns(count)
    const parent = new WordColumns(count)
    const merkleRoot = new WordColumns(count)
    const [time, bits, nonce] = [new Uint32Array(count), new Uint32Array(count), new Uint32Array(count)]
    const version = new Int32Array(count)
    const transactions = new Uint32Array(count)
    for (const [at, { block }] of this.#decoded.entries()) {
      const { header } = block
      hash.set(at, blockHashOf(header, sha256d))
      parent.set(at, header.previous)
      merkleRoot.set(at, header.merkleRoot)
      time[at] = header.time
      version[at] = header.version
      bits[at] = header.bits
      nonce[at] = header.nonce
      transactions[at] = block.transactions.length
    }
    const words = { hash: hash.words, parent: parent.words, merkleRoot: merkleRoot.words }
    return { ...words, time, version, bits, nonce, transactions }
  }
}
