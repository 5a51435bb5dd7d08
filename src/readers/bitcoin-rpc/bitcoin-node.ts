import type { BlockFeed, RawBlock, Tip } from "../../ports/blocks.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import { hashesOf } from "./block-questions.ts"
import { BlockRun } from "./block-run.ts"
import { type NetworkName, tipOn } from "./chain-info.ts"
import { RpcClient, type RpcOptions } from "./rpc-client.ts"

export interface BitcoinNodeOptions extends RpcOptions {
  readonly network: NetworkName
  /** Blocks of a batch at most, however small they are. */
  readonly mostBlocks?: number
}

/**
 * Opens a node of Bitcoin's family by its JSON-RPC, and pins the block up to which it will be read. A node that is
 * still fetching the chain is read up to where it is.
 *
 * What is checked: that the node is on the network asked for, that each block's header has the hash asked for, and
 * that each block is the child of the one before. The rest of a block is as the node sent it.
 *
 * @throws RemoteFault; Problem `remote-other-network`, and `file-...` for the cookie file
 */
export async function openBitcoinNode(options: BitcoinNodeOptions): Promise<BlockFeed<RawBlock>> {
  const client = await RpcClient.open(options)
  return new BitcoinNode(client, await tipOn(client, options.network), options.mostBlocks)
}

class BitcoinNode implements BlockFeed<RawBlock> {
  readonly from: string
  readonly tip: Tip
  readonly #client: RpcClient
  readonly #mostBlocks: number | undefined

  constructor(client: RpcClient, tip: Tip, mostBlocks: number | undefined) {
    this.#client = client
    this.from = client.href
    this.tip = tip
    this.#mostBlocks = mostBlocks
  }

  async hashAt(height: number): Promise<string | null> {
    if (height > this.tip.height) return null
    const [hash] = await hashesOf(this.#client, height, height)
    return hash ?? null
  }

  /** Height by height to the tip that was pinned, whatever the node has fetched since. */
  async *blocks(fromHeight: number, toHeight: number): AsyncGenerator<readonly RawBlock[]> {
    if (toHeight > this.tip.height) {
      throw new RemoteFault("not-found", `getblockhash ${toHeight}`, "", { file: this.from })
    }
    const run = new BlockRun(this.#client, fromHeight, toHeight, this.#mostBlocks)
    for (let ahead = begin(run); ahead !== null; ) {
      const batch = await ahead
      ahead = begin(run)
      yield batch
    }
  }

  /** Nothing is held open: connections end by themselves. */
  async close(): Promise<void> {}
}

/** Asks for the next batch before the one at hand is used. */
function begin(run: BlockRun): Promise<readonly RawBlock[]> | null {
  if (run.isOver) return null
  const batch = run.batch()
  // Thrown where it is awaited; a reader who stops before that has no use for it.
  batch.catch(() => {})
  return batch
}
