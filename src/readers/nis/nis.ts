import { type Entry, readEntry } from "../../chains/nem/entry.ts"
import { assetOf, type MosaicDefinition, type MosaicId } from "../../chains/nem/mosaic.ts"
import { type Genesis, MAINNET_GENESIS } from "../../chains/nem/nemesis.ts"
import { readMosaic, readMosaicDefinition } from "../../chains/nem/read-mosaic.ts"
import { Fields } from "../http/fields.ts"
import { type ClientOptions, PoliteClient } from "../http/polite-client.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import { type Harvest, readAccount, readAnswer, readHarvest, readList } from "./answers.ts"
import type { CheckedBlock } from "./checked-block.ts"
import { NodeBlocks } from "./node-blocks.ts"

/** NIS gives a page of so many, newest first: `ReadOnlyTransferDao`. */
export const PAGE = 25
/** NIS never rewrites more blocks than this, so that what lies deeper is kept on disk. */
const REWRITE_LIMIT = 360
/** Mosaics that an account may own; NIS has no paging for them. */
const MOST_OWNED = 100_000
const MOST_HEIGHT = 2 ** 31 - 1

export interface NisOptions extends ClientOptions {
  /** Mainnet's, except for tests with a chain of their own. */
  readonly genesis?: Genesis
}

/** The questions of a NEM node (NIS), each by its path, its answer checked, and which of them can never change. */
export class Nis {
  readonly tip: number
  readonly genesis: Genesis
  readonly #client: PoliteClient
  readonly #blocks: NodeBlocks

  private constructor(client: PoliteClient, tip: number, genesis: Genesis) {
    this.#client = client
    this.tip = tip
    this.genesis = genesis
    this.#blocks = new NodeBlocks(client, genesis, height => this.#isFinal(height))
  }

  /**
   * Asks for the height of the chain and for its first block, by which mainnet is told from any other.
   *
   * @throws RemoteFault, or Problem `remote-other-network`
   */
  static async open(options: NisOptions): Promise<Nis> {
    const client = new PoliteClient(options)
    const tip = await heightOf(client)
    const nis = new Nis(client, tip, options.genesis ?? MAINNET_GENESIS)
    await nis.block(1)
    return nis
  }

  get href(): string {
    return this.#client.href
  }

  async height(): Promise<number> {
    return heightOf(this.#client)
  }

  #isFinal(height: number): boolean {
    return height + REWRITE_LIMIT <= this.tip
  }

  /**
   * A block with its hash and those of its transactions, every signature verified.
   *
   * @throws RemoteFault; Problem `chain-data-malformed`, `remote-other-network` or `remote-reorganised`
   */
  block(height: number): Promise<CheckedBlock> {
    return this.#blocks.at(height)
  }

  /** Up to 25 of an account's transactions, newest first; `before` is the node's number of the one they come before. */
  async transfers(address: string, before: number | null): Promise<readonly Entry[]> {
    const path = `/account/transfers/all?address=${address}${before === null ? "" : `&id=${before}`}`
    const read = (text: string) =>
      readAnswer(text, path, value =>
        readList(value, path, PAGE, (item, at) => readEntry(item, `data[${at}]`)),
      )
    // What comes before a final transaction is final; the newest page is of now.
    const isFinal = (page: readonly Entry[]) =>
      before !== null && page.length > 0 && page.every(({ height }) => this.#isFinal(height))
    return this.#client.get(path, read, isFinal)
  }

  /** Up to 25 blocks that an account harvested, or another harvested in its name, newest first. */
  async harvests(address: string, before: number | null): Promise<readonly Harvest[]> {
    const path = `/account/harvests?address=${address}${before === null ? "" : `&id=${before}`}`
    const read = (text: string) =>
      readAnswer(text, path, value => readList(value, path, PAGE, item => readHarvest(item, path)))
    const isFinal = (page: readonly Harvest[]) =>
      before !== null && page.length > 0 && page.every(({ height }) => this.#isFinal(height))
    return this.#client.get(path, read, isFinal)
  }

  /** Null where the node does not know the hash, or looks nothing up by hash: it says 400 to both. */
  async transaction(hash: string): Promise<Entry | null> {
    const path = `/transaction/get?hash=${hash}`
    const read = (text: string) => readAnswer(text, path, value => readEntry(value, "transaction"))
    const entry = await orNull(
      this.#client.get(path, read, found => this.#isFinal(found.height)),
      path,
    )
    if (entry === null || entry.hash === hash || entry.innerHash === hash) return entry
    throw new RemoteFault("nonsense", path, `the answer is ${entry.hash}`, { file: this.href })
  }

  async account(address: string): Promise<{ address: string; balance: bigint }> {
    const path = `/account/get?address=${address}`
    const account = await this.#client.get(
      path,
      text => readAnswer(text, path, it => readAccount(it, path)),
      never,
    )
    if (account.address === address) return account
    throw new RemoteFault("nonsense", path, "the answer is of another account", { file: this.href })
  }

  /**
   * The account for which a remote account harvests or last harvested, or the account itself; null where the node does
   * not say.
   */
  async forwarded(address: string): Promise<string | null> {
    const path = `/account/get/forwarded?address=${address}`
    const read = (text: string) => readAnswer(text, path, value => readAccount(value, path))
    return (await orNull(this.#client.get(path, read, never), path))?.address ?? null
  }

  /** What an account owns at the node's last block, by asset, in smallest parts. */
  async owned(address: string): Promise<ReadonlyMap<string, bigint>> {
    const path = `/account/mosaic/owned?address=${address}`
    const read = (text: string) =>
      readAnswer(text, path, value => readList(value, path, MOST_OWNED, item => readMosaic(item, "data")))
    const list = await this.#client.get(path, read, never)
    return new Map(list.map(({ mosaic, quantity }) => [assetOf(mosaic), quantity]))
  }

  /** Today's definition; null where the node has none. */
  async definition(mosaic: MosaicId): Promise<MosaicDefinition | null> {
    const path = `/mosaic/definition?mosaicId=${encodeURIComponent(`${mosaic.namespace}:${mosaic.name}`)}`
    const read = (text: string) => readAnswer(text, path, value => readMosaicDefinition(value, "definition"))
    const definition = await orNull(this.#client.get(path, read, never), path)
    if (definition === null || assetOf(definition.mosaic) === assetOf(mosaic)) return definition
    throw new RemoteFault("nonsense", path, "the answer is of another mosaic", { file: this.href })
  }
}

function heightOf(client: PoliteClient): Promise<number> {
  const path = "/chain/height"
  const read = (text: string) =>
    readAnswer(text, path, value => new Fields(value, path, "").integer("height", MOST_HEIGHT))
  return client.get(path, read, never)
}

/** NIS says 404 to what it misses and 400 to a hash or an account that it does not know. */
async function orNull<Value>(answer: Promise<Value>, path: string): Promise<Value | null> {
  try {
    return await answer
  } catch (error) {
    if (!(error instanceof RemoteFault) || error.path !== path) throw error
    if (error.reason === "not-found" || error.said === "status 400") return null
    throw error
  }
}

const never = (): boolean => false
