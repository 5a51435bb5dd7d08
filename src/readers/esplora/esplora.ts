import type { PoliteClient } from "../http/polite-client.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import {
  type ExplorerBlock,
  type Outspend,
  type PlacedTx,
  readBlock,
  readHash,
  readHeight,
  readIndex,
  readOutspend,
  readTx,
  readTxs,
} from "./answers.ts"
import type { ExplorerTx } from "./transaction.ts"

/** Esplora hands out a block's transactions by so many; a page must begin at a multiple of it. */
const PAGE = 25

/**
 * Blocks above one after which its place in the chain is taken to be for good, and what is said of it is kept on
 * disk. As many as a coinbase has to wait before it can be spent.
 */
const FINAL_DEPTH = 100

/** Esplora's questions, each by its path, and which of the answers can never change. */
export class Esplora {
  readonly tip: number
  readonly #client: PoliteClient
  readonly #finalDepth: number

  private constructor(client: PoliteClient, tip: number, finalDepth: number) {
    this.#client = client
    this.tip = tip
    this.#finalDepth = finalDepth
  }

  /** Asks for the height of the chain: what is final is reckoned from it. */
  static async open(client: PoliteClient, finalDepth = FINAL_DEPTH): Promise<Esplora> {
    const path = "/blocks/tip/height"
    const tip = await client.get(path, text => readHeight(text, path), never)
    return new Esplora(client, tip, finalDepth)
  }

  #isFinal(height: number): boolean {
    return height + this.#finalDepth <= this.tip
  }

  hashAt(height: number): Promise<string> {
    const path = `/block-height/${height}`
    const isFinal = () => this.#isFinal(height)
    return this.#client.get(path, text => readHash(text, path), isFinal)
  }

  /** A block is named by its hash, so that what is in it is final from the first. */
  block(hash: string): Promise<ExplorerBlock> {
    const path = `/block/${hash}`
    return this.#client.get(path, text => readBlock(text, path, hash), always)
  }

  /** All transactions of a block in their order, the coinbase first. */
  async transactionsOf({ hash, txCount }: ExplorerBlock): Promise<ExplorerTx[]> {
    const all: ExplorerTx[] = []
    for (let start = 0; start < txCount; start += PAGE) {
      const path = `/block/${hash}/txs/${start}`
      const expected = Math.min(PAGE, txCount - start)
      all.push(...(await this.#client.get(path, text => readTxs(text, path, expected), always)))
    }
    for (const [index, { txid, isCoinbase }] of all.entries()) {
      if (isCoinbase === (index === 0)) continue
      throw new RemoteFault("nonsense", `/block/${hash}/txs/0`, `${txid}: coinbase out of place`)
    }
    return all
  }

  transaction(txid: string): Promise<PlacedTx> {
    const path = `/tx/${txid}`
    const isFinal = ({ confirmed }: PlacedTx) => confirmed !== null && this.#isFinal(confirmed.height)
    return this.#client.get(path, text => readTx(text, path, txid), isFinal)
  }

  /** The place of a confirmed transaction in its block. */
  indexOf(txid: string, height: number): Promise<number> {
    const path = `/tx/${txid}/merkle-proof`
    const isFinal = () => this.#isFinal(height)
    return this.#client.get(path, text => readIndex(text, path, height), isFinal)
  }

  /** Null where nothing spends the output, which may change at any moment. */
  outspend(txid: string, vout: number): Promise<Outspend | null> {
    const path = `/tx/${txid}/outspend/${vout}`
    const isFinal = (spent: Outspend | null) =>
      spent?.confirmed != null && this.#isFinal(spent.confirmed.height)
    return this.#client.get(path, text => readOutspend(text, path), isFinal)
  }
}

const never = (): boolean => false
const always = (): boolean => true
