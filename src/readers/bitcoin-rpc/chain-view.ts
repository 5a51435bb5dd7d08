import type { Consensus } from "../../chains/bitcoin/consensus.ts"
import { displayed } from "../../chains/bitcoin/hash.ts"
import { HEADER_LENGTH } from "../../chains/bitcoin/header.ts"
import type { Tip } from "../../ports/blocks.ts"
import { Problem } from "../../units/problem.ts"
import { NODE_HASHES } from "../decoding/node-hashes.ts"
import { blocksOf, hashesOf } from "./block-questions.ts"
import { BlockRun } from "./block-run.ts"
import { type CheckedBlock, checkBlock } from "./checked-block.ts"
import type { RpcClient } from "./rpc-client.ts"

/** Blocks kept for the next question: many transactions of one block are asked for after each other. */
const MOST_KEPT_BYTES = 32 * 2 ** 20

/** One branch of a node's chain up to a horizon, each block checked when it is read. */
export class ChainView {
  readonly horizon: Tip
  readonly #client: RpcClient
  readonly #consensus: Consensus
  readonly #hashAt = new Map<number, string>()
  readonly #kept = new Map<string, CheckedBlock>()
  #keptBytes = 0

  constructor(client: RpcClient, consensus: Consensus, horizon: Tip) {
    this.#client = client
    this.#consensus = consensus
    this.horizon = horizon
    this.#hashAt.set(horizon.height, horizon.hash)
  }

  /**
   * The block at a height up to the horizon.
   *
   * @throws RemoteFault, or Problem `block-malformed`
   */
  async at(height: number): Promise<CheckedBlock> {
    const hash = this.#hashAt.get(height) ?? (await this.#askHash(height))
    const kept = this.#kept.get(hash)
    if (kept !== undefined) return kept
    const [bytes] = await blocksOf(this.#client, [hash])
    if (bytes === undefined) throw new Error("bitcoin rpc: a block was asked for and not given")
    return this.#keep(checkBlock({ height, bytes }, hash, this.#consensus))
  }

  /**
   * The blocks from one height to another, each the child of the one before.
   *
   * @throws RemoteFault, or Problem `remote-reorganised`, `block-malformed`
   */
  async *scan(from: number, to: number): AsyncGenerator<CheckedBlock> {
    const run = new BlockRun(this.#client, from, to)
    let ahead = run.isOver ? null : begin(run)
    while (ahead !== null) {
      const batch = await ahead
      ahead = run.isOver ? null : begin(run)
      for (const raw of batch) {
        const hash = displayed(NODE_HASHES.sha256d(raw.bytes.subarray(0, HEADER_LENGTH)))
        this.#learn(raw.height, hash)
        yield checkBlock(raw, hash, this.#consensus)
      }
    }
  }

  async #askHash(height: number): Promise<string> {
    const [hash] = await hashesOf(this.#client, height, height)
    if (hash === null || hash === undefined) throw this.#reorganised(height)
    this.#learn(height, hash)
    return hash
  }

  /** One height has one block, for as long as the trace runs: else its answers would be of two chains. */
  #learn(height: number, hash: string): void {
    const known = this.#hashAt.get(height)
    if (known === undefined) this.#hashAt.set(height, hash)
    else if (known !== hash) throw this.#reorganised(height)
  }

  #reorganised(height: number): Problem {
    return new Problem("remote-reorganised", { height }, { file: this.#client.href })
  }

  #keep(block: CheckedBlock): CheckedBlock {
    if (this.#keptBytes + block.size > MOST_KEPT_BYTES) {
      this.#kept.clear()
      this.#keptBytes = 0
    }
    this.#kept.set(block.hash, block)
    this.#keptBytes += block.size
    return block
  }
}

function begin(run: BlockRun): ReturnType<BlockRun["batch"]> {
  const batch = run.batch()
  // Thrown where it is awaited; where the scan has ended before, nobody needs it.
  batch.catch(() => {})
  return batch
}
