import type { NETWORKS } from "../../chains/bitcoin/network.ts"
import type { OwnedPot, OwnedTransaction, OwnerGraph } from "../../clustering/owner-graph.ts"
import { Problem } from "../../units/problem.ts"
import type { Column } from "../columns/column.ts"
import type { Columns } from "../columns/columns.ts"
import { BlockTable } from "./block-table.ts"
import { OwnerTable } from "./owner-table.ts"
import { TransactionTable } from "./transaction-table.ts"

const UNSPENT = 0xffff_ffff

/** A published ledger of Bitcoin's family as clustering asks it; nothing beyond the horizon exists for it. */
export class UtxoOwnerGraph implements OwnerGraph {
  readonly transactionCount: number
  readonly ownerCount: number
  readonly horizon: number
  readonly #blocks: BlockTable
  readonly #transactions: TransactionTable
  readonly #owners: OwnerTable
  readonly #first: Column
  readonly #outputs: Column

  /**
   * @param toHeight inclusive; null, and anything above the ledger's, is the ledger's own horizon
   * @throws Problem `ledger-without-owners` where it was published before it had outputs by owner
   */
  constructor(columns: Columns, network: keyof typeof NETWORKS, toHeight: number | null = null) {
    if (!columns.manifest.columns.some(({ name }) => name === "owner-output")) {
      throw new Problem("ledger-without-owners")
    }
    this.#blocks = new BlockTable(columns)
    this.#transactions = new TransactionTable(columns)
    this.#owners = new OwnerTable(columns, network)
    this.#first = columns.column("owner-first-output")
    this.#outputs = columns.column("owner-output")
    this.horizon = Math.min(toHeight ?? this.#blocks.count - 1, this.#blocks.count - 1)
    this.transactionCount = this.#blocks.firstTx(this.horizon + 1)
    this.ownerCount = this.#owners.count
  }

  ownerOf(address: string): number | null {
    const owner = this.#owners.ownerOf(address)
    return owner === null || this.outputCount(owner) === 0 ? null : owner
  }

  addressOf(owner: number): string | null {
    return this.#owners.nameOf(owner)
  }

  *outputsOf(owner: number): Generator<number> {
    const end = this.#end(owner)
    for (let at = this.#first.u32(owner); at < end; at++) yield this.#outputs.u32(at)
  }

  outputCount(owner: number): number {
    return this.#end(owner) - this.#first.u32(owner)
  }

  /** Outputs stand in chain order: those beyond the horizon are the last. */
  #end(owner: number): number {
    const all = this.#first.u32(owner + 1)
    const beyond = this.transactionCount
    if (beyond === this.#transactions.count) return all
    const firstBeyond = this.#transactions.outputsOf(beyond).from
    let [low, high] = [this.#first.u32(owner), all]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (this.#outputs.u32(middle) < firstBeyond) low = middle + 1
      else high = middle
    }
    return low
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
