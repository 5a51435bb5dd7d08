import { Fields } from "../../chains/ethereum/fields.ts"
import type { AccountBlock, BlockFeed, Tip } from "../../ports/blocks.ts"
import { Problem } from "../../units/problem.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import { amountOf, asProblemOf, fetchBlocks, type Ways } from "./node-block.ts"
import { NodeRpc, type NodeRpcOptions } from "./node-rpc.ts"
import { quantityOf } from "./quantity.ts"
import { findReceiptsWay } from "./receipts.ts"
import { findTracer, type Tracer } from "./tracer.ts"

export interface EthereumNodeOptions extends NodeRpcOptions {
  /** Ethereum's own is 1. */
  readonly expectedChainId?: number
  /** Read up to the block that can no longer be undone (the default), or to the newest one. */
  readonly upTo?: "finalized" | "latest"
  /** How the node traces; found out where it is not said. */
  readonly tracer?: Tracer
  /** Blocks of a batch at most. */
  readonly mostBlocks?: number
}

/** An Ethereum node as a feed of blocks, and what else it can be asked for. */
export interface EthereumNode extends BlockFeed<AccountBlock> {
  readonly tracer: Tracer
  /** Wei that an account has after a block; null where the node no longer has that state. */
  etherOf(account: string, height: number): Promise<bigint | null>
  /**
   * What the token contract's `balanceOf` says after a block; null where it says nothing (there is no such contract
   * yet, it refuses) or the node no longer has that state.
   */
  tokensOf(token: string, account: string, height: number): Promise<bigint | null>
  /** The same of many accounts in one request, in their order; "none" where nothing is at the token's address. */
  tokensOfMany(asked: readonly TokenQuestion[]): Promise<readonly (bigint | "none" | null)[]>
}

export interface TokenQuestion {
  readonly token: string
  readonly account: string
  readonly height: number
}

const MAINNET = 1
/** What a batch's questions are to answer in all, traces left out, and at most so many blocks. */
const BATCH_LENGTH = 8 * 2 ** 20
const MOST_BLOCKS = 32
const BALANCE_OF = "0x70a08231"

/**
 * Opens an Ethereum node by its JSON-RPC and pins the block up to which it will be read.
 *
 * Each block is checked to be the child of the one before; its hash, transactions, senders, receipts and withdrawals
 * are recomputed where the node tells all that it takes. What contracts moved comes from the node's tracer, if it has
 * one: what does not is a notice of the block.
 *
 * @throws RemoteFault; Problem `remote-other-network`
 */
export async function openEthereumNode(options: EthereumNodeOptions): Promise<EthereumNode> {
  const { expectedChainId = MAINNET, upTo = "finalized", tracer, mostBlocks = MOST_BLOCKS, ...rest } = options
  const rpc = new NodeRpc(rest)
  const chainId = await readChainId(rpc)
  if (chainId !== expectedChainId) {
    const [expected, found] = [expectedChainId, chainId].map(id => `chain ${id}`) as [string, string]
    throw new Problem("remote-other-network", { expected, found }, { file: rpc.href })
  }
  const tip = await readTip(rpc, upTo)
  const receipts = await findReceiptsWay(rpc, tip.height)
  const ways = { chainId, receipts, tracer: tracer ?? (await findTracer(rpc, tip.height)) }
  return new RpcNode(rpc, ways, tip, mostBlocks)
}

async function readChainId(rpc: NodeRpc): Promise<number> {
  const value = await rpc.value("eth_chainId")
  const isNumber = typeof value === "string" && /^0x[0-9a-fA-F]{1,13}$/.test(value)
  if (!isNumber) throw new RemoteFault("nonsense", "eth_chainId", "not a number", { file: rpc.href })
  return Number(value)
}

/** A node from before the Merge, or of a chain without finality, knows no finalised block: its newest is taken. */
async function readTip(rpc: NodeRpc, upTo: "finalized" | "latest"): Promise<Tip> {
  if (upTo === "finalized") {
    const [answer] = await rpc.ask([{ method: "eth_getBlockByNumber", params: ["finalized", false] }])
    if (answer !== undefined && !("code" in answer) && answer.value !== null) {
      return asTip(rpc, answer.value)
    }
  }
  return asTip(rpc, await rpc.value("eth_getBlockByNumber", "latest", false))
}

async function asTip(rpc: NodeRpc, value: unknown): Promise<Tip> {
  return asProblemOf("the newest block", rpc.href, () => {
    const fields = new Fields(value, "tip")
    return { height: fields.integer("number"), hash: fields.hash("hash") }
  })
}

class RpcNode implements EthereumNode {
  readonly from: string
  readonly tip: Tip
  readonly tracer: Tracer
  readonly #rpc: NodeRpc
  readonly #ways: Ways
  readonly #mostBlocks: number

  constructor(rpc: NodeRpc, ways: Ways, tip: Tip, mostBlocks: number) {
    this.#rpc = rpc
    this.#ways = ways
    this.from = rpc.href
    this.tip = tip
    this.tracer = ways.tracer
    this.#mostBlocks = mostBlocks
  }

  async hashAt(height: number): Promise<string | null> {
    if (height > this.tip.height) return null
    const value = await this.#rpc.value("eth_getBlockByNumber", quantityOf(height), false)
    if (value === null) return null
    return asProblemOf(`block ${height}`, this.from, () => new Fields(value, "block").hash("hash"))
  }

  async *blocks(fromHeight: number, toHeight: number): AsyncGenerator<readonly AccountBlock[]> {
    if (toHeight > this.tip.height) {
      throw new RemoteFault("not-found", `eth_getBlockByNumber ${toHeight}`, "", { file: this.from })
    }
    const run = new BlockRun(this.#rpc, this.#ways, fromHeight, toHeight, this.#mostBlocks)
    for (let ahead = begin(run); ahead !== null; ) {
      const batch = await ahead
      ahead = begin(run)
      yield batch
    }
  }

  async etherOf(account: string, height: number): Promise<bigint | null> {
    const call = { method: "eth_getBalance", params: [account, quantityOf(height)] }
    const [answer] = await this.#rpc.ask([call])
    if (answer === undefined || "code" in answer) return null
    return asProblemOf(`block ${height}`, this.from, () => amountOf(answer.value, account))
  }

  async tokensOf(token: string, account: string, height: number): Promise<bigint | null> {
    const [found] = await this.tokensOfMany([{ token, account, height }])
    return typeof found === "bigint" ? found : null
  }

  async tokensOfMany(asked: readonly TokenQuestion[]): Promise<readonly (bigint | "none" | null)[]> {
    const calls = asked.map(({ token, account, height }) => {
      const data = `${BALANCE_OF}${account.slice(2).padStart(64, "0")}`
      return { method: "eth_call", params: [{ to: token, data }, quantityOf(height)] }
    })
    return (await this.#rpc.ask(calls)).map(answer => {
      if ("code" in answer || typeof answer.value !== "string") return null
      if (answer.value === "0x") return "none"
      return /^0x[0-9a-fA-F]{64}$/.test(answer.value) ? BigInt(answer.value) : null
    })
  }

  /** Nothing is held open: connections end by themselves. */
  async close(): Promise<void> {}
}

/** One run over blocks upward, as many at a time as fit the size of a batch. */
class BlockRun {
  readonly #rpc: NodeRpc
  readonly #ways: Ways
  readonly #to: number
  readonly #mostBlocks: number
  #next: number
  #count = 1
  #previous: string | null = null

  constructor(rpc: NodeRpc, ways: Ways, from: number, to: number, mostBlocks: number) {
    this.#rpc = rpc
    this.#ways = ways
    this.#next = from
    this.#to = to
    this.#mostBlocks = mostBlocks
  }

  get isOver(): boolean {
    return this.#next > this.#to
  }

  async batch(): Promise<readonly AccountBlock[]> {
    const count = Math.min(this.#count, this.#to - this.#next + 1)
    const heights = Array.from({ length: count }, (_, at) => this.#next + at)
    const { blocks, length } = await fetchBlocks(this.#rpc, this.#ways, heights)
    for (const { height, hash, parent } of blocks) {
      if (this.#previous !== null && parent !== this.#previous) {
        throw new Problem("remote-reorganised", { height }, { file: this.#rpc.href })
      }
      this.#previous = hash
    }
    this.#next += count
    const fitting = Math.floor((BATCH_LENGTH * count) / Math.max(1, length))
    this.#count = Math.max(1, Math.min(fitting, 2 * count, this.#mostBlocks))
    return blocks
  }
}

/** Asks for the next batch before the one at hand is used. */
function begin(run: BlockRun): Promise<readonly AccountBlock[]> | null {
  if (run.isOver) return null
  const batch = run.batch()
  // Thrown where it is awaited; a reader who stops before that has no use for it.
  batch.catch(() => {})
  return batch
}
