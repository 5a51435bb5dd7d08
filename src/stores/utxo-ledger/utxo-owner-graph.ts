import type { NETWORKS } from "../../chains/bitcoin/network.ts"
import type { OwnedPot, OwnedTransaction, OwnerGraph } from "../../clustering/owner-graph.ts"
import type { Columns } from "../columns/columns.ts"
import { BlockTable } from "./block-table.ts"
import { OwnerOutputs } from "./owner-outputs.ts"
import { OwnerTable } from "./owner-table.ts"
import { TransactionTable } from "./transaction-table.ts"
import { UNSPENT } from "./utxo-layout.ts"
import { UtxoSegments } from "./utxo-segments.ts"

/** A published ledger of Bitcoin's family as clustering asks it; nothing beyond the horizon exists for it. */
export class UtxoOwnerGraph implements OwnerGraph {
  readonly transactionCount: number
  readonly ownerCount: number
  readonly horizon: number
  readonly #blocks: BlockTable
  readonly #transactions: TransactionTable
  readonly #owners: OwnerTable
  readonly #outputs: OwnerOutputs
  /** The first output beyond the horizon. */
  readonly #beyond: number

  /** @param toHeight inclusive; null, and anything above the ledger's, is the ledger's own horizon */
  constructor(columns: Columns, network: keyof typeof NETWORKS, toHeight: number | null = null) {
    this.#blocks = new BlockTable(columns)
    this.#transactions = new TransactionTable(columns)
    this.#owners = new OwnerTable(columns, network)
    const segments = UtxoSegments.of(columns)
    this.#outputs = new OwnerOutputs(segments)
    this.horizon = Math.min(toHeight ?? this.#blocks.count - 1, this.#blocks.count - 1)
    this.transactionCount = this.#blocks.firstTx(this.horizon + 1)
    this.#beyond =
      this.transactionCount === this.#transactions.count
        ? segments.counts.outputs
        : this.#transactions.outputsOf(this.transactionCount).from
    this.ownerCount = this.#owners.count
  }

  ownerOf(address: string): number | null {
    const owner = this.#owners.ownerOf(address)
    return owner === null || this.outputCount(owner) === 0 ? null : owner
  }

  addressOf(owner: number): string | null {
    return this.#owners.nameOf(owner)
  }

  outputsOf(owner: number): Iterable<number> {
    return this.#outputs.outputs(owner, this.#beyond)
  }

  outputCount(owner: number): number {
    return this.#outputs.count(owner, this.#beyond)
  }

  makerOf(output: number): number {
    return this.#transactions.makerOf(output)
  }

  spenderOf(output: number): number | null {
    const spender = this.#transactions.spenderOf(output)
    return spender === UNSPENT || spender >= this.transactionCount ? null : spender
  }

  transaction(tx: number): OwnedTransaction {
    const height = this.#blocks.heightOf(tx)
    const inputs = this.#transactions.inputsOf(tx)
    const outputs = this.#transactions.outputsOf(tx)
    return {
      tx,
      height,
      isCoinbase: this.#blocks.firstTx(height) === tx,
      inputs: Array.from({ length: inputs.end - inputs.from }, (_, n) =>
        this.#pot(this.#transactions.spentBy(inputs.from + n)),
      ),
      outputs: Array.from({ length: outputs.end - outputs.from }, (_, n) => this.#pot(outputs.from + n)),
    }
  }

  #pot(output: number): OwnedPot {
    const owner = this.#owners.of(output)
    const value = Number(this.#transactions.valueOf(output))
    return { output, owner, value, kind: this.#owners.kindOf(owner) }
  }

  txid(tx: number): string {
    return this.#transactions.txid(tx)
  }

  transactionOf(txid: string): number | null {
    return this.#transactions.find(txid).findLast(tx => tx < this.transactionCount) ?? null
  }

  /** The output of a reference; null where there is none up to the horizon. */
  outputAt(txid: string, vout: number): number | null {
    const tx = this.transactionOf(txid)
    if (tx === null) return null
    const { from, end } = this.#transactions.outputsOf(tx)
    return vout < end - from ? from + vout : null
  }

  ownerOfOutput(output: number): number {
    return this.#owners.of(output)
  }
}
