import type { OwnedPot, OwnedTransaction } from "./owner-graph.ts"

/**
 * A chain's owners as columns. Transactions, outputs and owners are numbers from 0 in chain order; the outputs of
 * transaction `t` are `firstOutput[t]` to `firstOutput[t + 1] - 1`, its inputs likewise. A coinbase has no inputs.
 */
export interface ClusterColumns {
  readonly transactionCount: number
  readonly ownerCount: number
  /** One longer than there are transactions. */
  readonly firstInput: Uint32Array
  readonly firstOutput: Uint32Array
  /** The output that each input spends. */
  readonly inputOutput: Uint32Array
  readonly outputOwner: Uint32Array
  /** Smallest units. */
  readonly outputValue: Float64Array
  /** By owner: the place of its kind in `kinds`. */
  readonly ownerKind: Uint8Array
  readonly kinds: readonly string[]
  readonly heightOf: (tx: number) => number
}

/** One transaction of the columns as the heuristics look at it. */
export function transactionIn(columns: ClusterColumns, tx: number): OwnedTransaction {
  const { firstInput, firstOutput, inputOutput, outputOwner, outputValue, ownerKind, kinds } = columns
  const potOf = (output: number): OwnedPot => {
    const owner = outputOwner[output] as number
    const kind = kinds[ownerKind[owner] as number] as string
    return { output, owner, value: outputValue[output] as number, kind }
  }
  const inputs: OwnedPot[] = []
  for (let n = firstInput[tx] as number; n < (firstInput[tx + 1] as number); n++) {
    inputs.push(potOf(inputOutput[n] as number))
  }
  const outputs: OwnedPot[] = []
  for (let n = firstOutput[tx] as number; n < (firstOutput[tx + 1] as number); n++) outputs.push(potOf(n))
  return { tx, height: columns.heightOf(tx), isCoinbase: inputs.length === 0, inputs, outputs }
}
