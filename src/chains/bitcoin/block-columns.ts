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

/** The buffers of columns, to be handed to another thread rather than copied. */
export function buffersOf({ blocks, transactions, outputs, inputs }: BlockColumns): ArrayBuffer[] {
  const columns = [blocks, transactions, outputs, inputs].flatMap(table => Object.values(table).flat())
  return columns.map(column => column.buffer)
}
