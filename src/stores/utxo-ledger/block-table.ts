import { displayed } from "../../chains/bitcoin/hash.ts"
import { type Instant, parseInstant } from "../../units/time.ts"
import type { Column } from "../columns/column.ts"
import type { Columns } from "../columns/columns.ts"
import { UtxoSegments } from "./utxo-segments.ts"

/** The blocks of a published ledger, and the transactions of each: heights begin at 0. */
export class BlockTable {
  /** How many blocks there are. */
  readonly count: number
  readonly #hash: Column
  readonly #time: Column
  readonly #firstTx: Column
  readonly #transactions: number

  constructor(columns: Columns) {
    const segments = UtxoSegments.of(columns)
    this.#hash = segments.column("block-hash")
    this.#time = segments.column("block-time")
    this.#firstTx = segments.column("block-first-tx")
    this.#transactions = segments.counts.transactions
    this.count = this.#time.count
  }

  hashAt(height: number): string {
    return displayed(this.#hash.bytes(height))
  }

  timeAt(height: number): Instant | null {
    return parseInstant(`${this.#time.u32(height)}`)
  }

  /** The first transaction of a block, its coinbase; of the block after the last, the number of all transactions. */
  firstTx(height: number): number {
    return height < this.count ? this.#firstTx.u32(height) : this.#transactions
  }

  /** The height of a transaction's block. */
  heightOf(tx: number): number {
    let [low, high] = [0, this.count - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (this.#firstTx.u32(middle) <= tx) low = middle
      else high = middle - 1
    }
    return low
  }

  /** Blocks up to a height whose clock is behind an earlier one's: how many, and the first. */
  clocksBackwards(toHeight: number): { readonly count: number; readonly first: number } | null {
    const bytes = this.#time.range(0, toHeight + 1)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let [latest, count, first] = [0, 0, -1]
    for (let height = 0; height <= toHeight; height++) {
      const time = view.getUint32(4 * height, true)
      if (time >= latest) latest = time
      else {
        if (count === 0) first = height
        count++
      }
    }
    return count === 0 ? null : { count, first }
  }
}
