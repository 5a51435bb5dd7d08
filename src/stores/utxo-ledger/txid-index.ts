import type { Column } from "../columns/column.ts"
import { SortedIndex } from "../columns/sorted-index.ts"
import type { UtxoSegments } from "./utxo-segments.ts"

/** Finds transactions by the bytes of their id. */
export class TxidIndex {
  readonly #id: Column
  readonly #indexes: readonly { readonly index: SortedIndex; readonly end: number }[]

  constructor(segments: UtxoSegments) {
    this.#id = segments.column("tx-id")
    this.#indexes = segments.all.map(({ end, column }) => {
      return { index: new SortedIndex(column("txid-key"), column("txid-tx")), end: end.transactions }
    })
  }

  /** All transactions of an id, in chain order: mostly one or none; of the duplicates before BIP30 two. */
  find(txid: Uint8Array): number[] {
    return this.alike(txid).filter(tx => this.has(tx, txid))
  }

  /** All transactions whose id begins as this one, among which are those that have it. */
  alike(txid: Uint8Array): number[] {
    return this.#indexes.flatMap(({ index, end }) => index.find(txid).filter(tx => tx < end))
  }

  has(tx: number, txid: Uint8Array): boolean {
    return this.#id.compare(tx, txid) === 0
  }
}
