import type { Header } from "../../chains/bitcoin/header.ts"
import { getOrMake } from "../../units/get-or-make.ts"
import type { PoliteClient } from "../http/polite-client.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import {
  type ExplorerBlock,
  type Outspend,
  type PlacedTx,
  readBlock,
  readBranch,
  readHash,
  readHeight,
  readOutspend,
  readTx,
  readTxs,
} from "./answers.ts"
import { checkGenesis, type NetworkName } from "./genesis.ts"
import type { Branch } from "./merkle-branch.ts"
import { type RawTx, readBlockHeader, readRaw } from "./raw.ts"
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
  readonly #network: NetworkName
  readonly #finalDepth: number
  readonly #blocks = new Map<string, Promise<ExplorerBlock>>()

  private constructor(client: PoliteClient, network: NetworkName, tip: number, finalDepth: number) {
    this.#client = client
    this.#network = network
    this.tip = tip
    this.#finalDepth = finalDepth
  }

  /**
   * Asks for the height of the chain, from which it is reckoned what is final, and for its first block, which tells
   * whose chain it is.
   *
   * @throws RemoteFault, Problem `remote-other-network`
   */
  static async open(client: PoliteClient, network: NetworkName, finalDepth = FINAL_DEPTH): Promise<Esplora> {
    const path = "/blocks/tip/height"
    const tip = await client.get(path, text => readHeight(text, path), never)
    const first = "/block-height/0"
    checkGenesis(await client.get(first, text => readHash(text, first), always), network)
    return new Esplora(client, network, tip, finalDepth)
  }

  /** The service's address without user and password. */
  get href(): string {
    return this.#client.href
  }

  isFinal(height: number): boolean {
    return height + this.#finalDepth <= this.tip
  }

  hashAt(height: number): Promise<string> {
    const path = `/block-height/${height}`
    const isFinal = () => this.isFinal(height)
    return this.#client.get(path, text => readHash(text, path), isFinal)
  }

  /** A block is named by its hash, so that what is in it is final from the first. */
  block(hash: string): Promise<ExplorerBlock> {
    const path = `/block/${hash}`
    return getOrMake(this.#blocks, hash, () =>
      this.#client.get(path, text => readBlock(text, path, hash), always),
    )
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
    const isFinal = ({ confirmed }: PlacedTx) => confirmed !== null && this.isFinal(confirmed.height)
    return this.#client.get(path, text => readTx(text, path, txid), isFinal)
  }

  /** The place of a confirmed transaction in its block. */
  branchOf(txid: string, height: number): Promise<Branch> {
    const path = `/tx/${txid}/merkle-proof`
    const isFinal = () => this.isFinal(height)
    return this.#client.get(path, text => readBranch(text, path, height), isFinal)
  }

  /** What a transaction's own bytes say; they are named by their hash, and so final from the first. */
  rawOf(txid: string): Promise<RawTx> {
    const path = `/tx/${txid}/hex`
    return this.#client.get(path, text => readRaw(text, path, txid, this.#network), always)
  }

  headerOf(hash: string): Promise<Header> {
    const path = `/block/${hash}/header`
    return this.#client.get(path, text => readBlockHeader(text, path, hash, this.#network), always)
  }

  /** Null where nothing spends the output, which may change at any moment. */
  outspend(txid: string, vout: number): Promise<Outspend | null> {
    const path = `/tx/${txid}/outspend/${vout}`
    const isFinal = (spent: Outspend | null) =>
      spent?.confirmed != null && this.isFinal(spent.confirmed.height)
    return this.#client.get(path, text => readOutspend(text, path), isFinal)
  }
}

const never = (): boolean => false
const always = (): boolean => true
