import { displayed } from "../../chains/bitcoin/hash.ts"
import { Problem } from "../../units/problem.ts"
import { parseInstant } from "../../units/time.ts"
import { ClockWatch } from "../clock-watch.ts"
import type { ChainView } from "./chain-view.ts"
import type { CheckedBlock } from "./checked-block.ts"
import { type Place, SpendIndex } from "./spend-index.ts"

/** 25 million inputs are about a month of Bitcoin in 2024, and half a gigabyte here. */
export const MOST_SPENDS = 3 * 2 ** 23

/**
 * Who spends what, by reading every block from the first that is asked about to the horizon, once. A node has no index
 * of it; what is read here is proved to be all there is.
 */
export class Spenders {
  readonly clock = new ClockWatch()
  readonly #view: ChainView
  readonly #most: number
  readonly #index = new SpendIndex()
  #from: number
  /** Of the first block that was read. */
  #parent: string | null = null
  #reading: Promise<void> = Promise.resolve()

  constructor(view: ChainView, most = MOST_SPENDS) {
    this.#view = view
    this.#most = most
    this.#from = view.horizon.height + 1
  }

  /**
   * The place of the transaction that spends an output made at a height; null where none does by the horizon.
   *
   * @throws RemoteFault, or Problem `scan-too-long`, `remote-reorganised`, `block-malformed`
   */
  async of(txid: string, vout: number, made: number): Promise<Place | null> {
    await this.#read(made)
    for (const place of this.#index.candidates(Buffer.from(txid, "hex").reverse(), vout)) {
      const { inputs } = transactionAt(await this.#view.at(place.height), place.index)
      const spends = inputs.some(input => input.prevVout === vout && displayed(input.prevTxid) === txid)
      if (spends) return place
    }
    return null
  }

  /** One reading after the other: who asks about an earlier block waits for the later ones to be read. */
  #read(from: number): Promise<void> {
    this.#reading = this.#reading.then(() => this.#readFrom(from))
    return this.#reading
  }

  async #readFrom(from: number): Promise<void> {
    if (from >= this.#from) return
    let parent: string | null = null
    let last: CheckedBlock | null = null
    for await (const block of this.#view.scan(from, this.#from - 1)) {
      this.#note(block)
      parent ??= block.previous
      last = block
    }
    if (this.#parent !== null && last !== null && last.hash !== this.#parent) {
      throw new Problem("remote-reorganised", { height: last.height })
    }
    this.#parent = parent
    this.#from = from
  }

  #note({ height, time, txids, transactions }: CheckedBlock): void {
    this.clock.see({ id: txids[0] ?? null, height, time: parseInstant(String(time)) })
    for (const [index, { inputs, isCoinbase }] of transactions.entries()) {
      if (isCoinbase) continue
      if (this.#index.size + inputs.length > this.#most) {
        throw new Problem("scan-too-long", { height, horizon: this.#view.horizon.height, most: this.#most })
      }
      for (const { prevTxid, prevVout } of inputs) this.#index.add(prevTxid, prevVout, { height, index })
    }
  }
}

export function transactionAt({ transactions, height }: CheckedBlock, index: number) {
  const transaction = transactions[index]
  if (transaction === undefined) throw new Error(`bitcoin rpc: block ${height} has no transaction ${index}`)
  return transaction
}
