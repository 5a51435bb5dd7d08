import { displayed } from "../../chains/bitcoin/hash.ts"
import type { Column } from "../columns/column.ts"
import type { Columns } from "../columns/columns.ts"
import { type Spenders, spendersOf } from "./spenders.ts"
import { TxidIndex } from "./txid-index.ts"
import { UtxoSegments } from "./utxo-segments.ts"

/** A run of ids: `end` is the first that is not of it any more. */
export interface Run {
  readonly from: number
  readonly end: number
}

/** The transactions of a published ledger, with the outputs that each makes and spends. Ids are in chain order. */
export class TransactionTable {
  readonly count: number
  readonly #id: Column
  readonly #firstOutput: Column
  readonly #firstInput: Column
  readonly #value: Column
  readonly #spender: Spenders
  readonly #spent: Column
  readonly #index: TxidIndex

  constructor(columns: Columns) {
    const segments = UtxoSegments.of(columns)
    this.#id = segments.column("tx-id")
    this.#firstOutput = segments.column("tx-first-output")
    this.#firstInput = segments.column("tx-first-input")
    this.#value = segments.column("output-value")
    this.#spender = spendersOf(segments)
    this.#spent = segments.column("input-spent")
    this.#index = new TxidIndex(segments)
    this.count = this.#id.count
  }

  txid(tx: number): string {
    return displayed(this.#id.bytes(tx))
  }

  /** All transactions of a txid, as it is displayed: mostly one or none; of the duplicates before BIP30 two. */
  find(txid: string): readonly number[] {
    return this.#index.find(Uint8Array.from(Buffer.from(txid, "hex")).reverse())
  }

  outputsOf(tx: number): Run {
    return this.#run(this.#firstOutput, tx, this.#value.count)
  }

  inputsOf(tx: number): Run {
    return this.#run(this.#firstInput, tx, this.#spent.count)
  }

  #run(first: Column, tx: number, all: number): Run {
    return { from: first.u32(tx), end: tx + 1 < this.count ? first.u32(tx + 1) : all }
  }

  /** The transaction that made an output. */
  makerOf(output: number): number {
    let [low, high] = [0, this.count - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (this.#firstOutput.u32(middle) <= output) low = middle
      else high = middle - 1
    }
    return low
  }

  valueOf(output: number): bigint {
    return this.#value.u64(output)
  }

  /** The transaction that spends an output; `UNSPENT` where none does. */
  spenderOf(output: number): number {
    return this.#spender.u32(output)
  }

  /** The output that an input spends. */
  spentBy(input: number): number {
    return this.#spent.u32(input)
  }

  /** What a transaction takes in above what it pays out; not for coinbases. */
  feeOf(tx: number): bigint {
    let fee = 0n
    const inputs = this.inputsOf(tx)
    for (let input = inputs.from; input < inputs.end; input++) fee += this.valueOf(this.spentBy(input))
    const outputs = this.outputsOf(tx)
    for (let output = outputs.from; output < outputs.end; output++) fee -= this.valueOf(output)
    return fee
  }
}
