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

/** Columns of consecutive blocks as one; an array that stands alone is not copied. */
export function joinedColumns(parts: readonly BlockColumns[]): BlockColumns {
  const [first, second] = parts
  if (first === undefined) throw new Error("join columns: nothing to join")
  if (second === undefined) return first
  const word = (pick: (part: BlockColumns) => readonly BigUint64Array[]): readonly BigUint64Array[] =>
    Array.from({ length: 4 }, (_, at) =>
      joined(
        parts.map(part => pick(part)[at] as BigUint64Array),
        BigUint64Array,
      ),
    )
  const uint32 = (pick: (part: BlockColumns) => Uint32Array): Uint32Array =>
    joined(parts.map(pick), Uint32Array)
  return {
    firstHeight: first.firstHeight,
    blocks: {
      hash: word(({ blocks }) => blocks.hash),
      parent: word(({ blocks }) => blocks.parent),
      merkleRoot: word(({ blocks }) => blocks.merkleRoot),
      time: uint32(({ blocks }) => blocks.time),
      version: joined(
        parts.map(({ blocks }) => blocks.version),
        Int32Array,
      ),
      bits: uint32(({ blocks }) => blocks.bits),
      nonce: uint32(({ blocks }) => blocks.nonce),
      transactions: uint32(({ blocks }) => blocks.transactions),
    },
    transactions: {
      txid: word(({ transactions }) => transactions.txid),
      outputs: uint32(({ transactions }) => transactions.outputs),
      inputs: uint32(({ transactions }) => transactions.inputs),
    },
    outputs: {
      value: joined(
        parts.map(({ outputs }) => outputs.value),
        BigInt64Array,
      ),
      kind: joined(
        parts.map(({ outputs }) => outputs.kind),
        Uint8Array,
      ),
      owner: word(({ outputs }) => outputs.owner),
    },
    inputs: {
      txid: word(({ inputs }) => inputs.txid),
      vout: uint32(({ inputs }) => inputs.vout),
    },
    names: joinedNames(parts),
  }
}

type Typed = Uint8Array | Int32Array | Uint32Array | BigInt64Array | BigUint64Array

function joined<Values extends Typed>(
  parts: readonly Values[],
  Kind: new (length: number) => Values,
): Values {
  const all = new Kind(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    ;(all as { set(values: Values, at: number): void }).set(part, at)
    at += part.length
  }
  return all
}

function joinedNames(parts: readonly BlockColumns[]): BlockColumns["names"] {
  const names = new Map<string, number>()
  let outputs = 0
  for (const part of parts) {
    for (const { output, name } of part.names) if (!names.has(name)) names.set(name, outputs + output)
    outputs += part.outputs.value.length
  }
  return [...names].map(([name, output]) => ({ output, name }))
}

/** The buffers of columns, to be handed to another thread rather than copied. */
export function buffersOf({ blocks, transactions, outputs, inputs }: BlockColumns): ArrayBuffer[] {
  const columns = [blocks, transactions, outputs, inputs].flatMap(table => Object.values(table).flat())
  return columns.map(column => column.buffer)
}
