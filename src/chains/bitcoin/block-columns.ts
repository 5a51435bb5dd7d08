import { type Block, decodeBlock, verifiedTxids } from "./block.ts"
import { CONSENSUS } from "./consensus.ts"
import type { Hash } from "./hash.ts"
import { blockHashOf } from "./header.ts"
import { ownerKeysOn } from "./owner-key.ts"
import { checkProofOfWork, type WorkHashes } from "./proof-of-work.ts"
import { WordColumns } from "./word-columns.ts"

/**
 * Blocks taken apart into columns, as they are stored: every txid computed, every merkle root and proof of work
 * checked. Hashes and keys are four columns of 64 bits each, the first bytes in the highest bits of the first column,
 * so that numbers sort as the bytes do. Coinbases have no inputs here.
 */
export interface BlockColumns {
  readonly firstHeight: number
  readonly blocks: {
    readonly hash: readonly BigUint64Array[]
    readonly parent: readonly BigUint64Array[]
    readonly merkleRoot: readonly BigUint64Array[]
    readonly time: Uint32Array
    /** Version, bits and nonce, with which the header can be put together again. */
    readonly version: Int32Array
    readonly bits: Uint32Array
    readonly nonce: Uint32Array
    readonly transactions: Uint32Array
  }
  readonly transactions: {
    readonly txid: readonly BigUint64Array[]
    readonly outputs: Uint32Array
    readonly inputs: Uint32Array
  }
  readonly outputs: {
    readonly value: BigInt64Array
    readonly kind: Uint8Array
    readonly owner: readonly BigUint64Array[]
  }
  readonly inputs: {
    readonly txid: readonly BigUint64Array[]
    readonly vout: Uint32Array
  }
  /** Names of `named` owners, by the first output of each here. */
  readonly names: readonly { readonly output: number; readonly name: string }[]
}

/** What is needed of the machine: hash functions, faster than their like in JavaScript. */
export interface Hashes {
  readonly sha256: Hash
  readonly sha256d: Hash
  readonly work: WorkHashes
}

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
  const decoded = raw.map((bytes, at) => {
    onBlock(firstHeight + at)
    const block = decodeBlock(bytes, consensus)
    checkProofOfWork(block.header, consensus, hashes.work)
    return { block, txids: verifiedTxids(block, hashes.sha256d) }
  })
  return new Filling(decoded, firstHeight, ownerKeysOn(network, consensus.mweb, hashes.sha256)).filled(hashes)
}

type Decoded = { readonly block: Block; readonly txids: readonly Uint8Array[] }

class Filling {
  readonly #decoded: readonly Decoded[]
  readonly #firstHeight: number
  readonly #ownerOf: ReturnType<typeof ownerKeysOn>

  constructor(decoded: readonly Decoded[], firstHeight: number, ownerOf: ReturnType<typeof ownerKeysOn>) {
    this.#decoded = decoded
    this.#firstHeight = firstHeight
    this.#ownerOf = ownerOf
  }

  filled(hashes: Hashes): BlockColumns {
    const counts = this.#count()
    const txid = new WordColumns(counts.transactions)
    const outputCounts = new Uint32Array(counts.transactions)
    const inputCounts = new Uint32Array(counts.transactions)
    const value = new BigInt64Array(counts.outputs)
    const kind = new Uint8Array(counts.outputs)
    const owner = new WordColumns(counts.outputs)
    const prevTxid = new WordColumns(counts.inputs)
    const vout = new Uint32Array(counts.inputs)
    const names = new Map<string, number>()
    let [tx, output, input] = [0, 0, 0]
    for (const { block, txids } of this.#decoded) {
      for (const [at, transaction] of block.transactions.entries()) {
        txid.set(tx, txids[at] as Uint8Array)
        outputCounts[tx] = transaction.outputs.length
        for (const made of transaction.outputs) {
          const by = this.#ownerOf(made.script)
          value[output] = BigInt(made.value)
          kind[output] = by.kind
          owner.set(output, by.key)
          if (by.name !== null && !names.has(by.name)) names.set(by.name, output)
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

/** The buffers of columns, to be handed to another thread rather than copied. */
export function buffersOf({ blocks, transactions, outputs, inputs }: BlockColumns): ArrayBuffer[] {
  const columns = [blocks, transactions, outputs, inputs].flatMap(table => Object.values(table).flat())
  return columns.map(column => column.buffer)
}
