import type { RawBlock } from "../../ports/blocks.ts"
import { Problem } from "../../units/problem.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import { blocksOf, hashesOf, previousOf } from "./block-questions.ts"
import type { RpcClient } from "./rpc-client.ts"

/** Hashes asked for at once: 100 bytes each. */
const MOST_HASHES = 2_000
/** Requests into which a batch is cut, under way at the same time. */
const LANES = 2
/** A batch is to have about so many bytes of blocks, and at most so many blocks. */
const BATCH_BYTES = 4 * 2 ** 20
const MOST_BLOCKS = 1_000
/** The first batch: blocks as full as can be come to twice what a batch is to have. */
const FIRST_BLOCKS = 2

/** One run over blocks from a height upward: each batch when it is asked for, and never two at a time. */
export class BlockRun {
  readonly #client: RpcClient
  readonly #to: number
  readonly #mostBlocks: number
  #next: number
  #count: number
  /** Of the best chain from `#next` on, as the node last told it. */
  #hashes: string[] = []
  #previous: string | null = null

  constructor(client: RpcClient, from: number, to: number, mostBlocks = MOST_BLOCKS) {
    this.#client = client
    this.#next = from
    this.#to = to
    this.#mostBlocks = mostBlocks
    this.#count = Math.min(FIRST_BLOCKS, mostBlocks)
  }

  get isOver(): boolean {
    return this.#next > this.#to
  }

  /** @throws RemoteFault, or Problem `remote-reorganised` */
  async batch(): Promise<readonly RawBlock[]> {
    let blocks = await this.#fetch()
    if (this.#firstStranger(blocks) === 0) {
      // The chain may have changed since the hashes were asked for, and still have the block before.
      await this.#recheck()
      blocks = await this.#fetch()
      if (this.#firstStranger(blocks) === 0) throw this.#reorganised(this.#next)
    }
    const stranger = this.#firstStranger(blocks)
    // What comes before it is good; with it the next batch begins, and is looked at anew.
    const good = stranger < 0 ? blocks : blocks.slice(0, stranger)
    const batch = good.map((bytes, at) => ({ height: this.#next + at, bytes }))
    this.#previous = this.#hashes[good.length - 1] ?? null
    this.#hashes = this.#hashes.slice(good.length)
    this.#next += good.length
    this.#reckon(good)
    return batch
  }

  /** The next blocks: fewer than reckoned where they turn out to be too large for one answer. */
  async #fetch(): Promise<Uint8Array[]> {
    if (this.#hashes.length === 0) await this.#askHashes()
    for (;;) {
      const hashes = this.#hashes.slice(0, this.#count)
      try {
        const share = Math.ceil(hashes.length / LANES)
        const lanes = Array.from({ length: Math.ceil(hashes.length / share) }, (_, lane) => {
          return blocksOf(this.#client, hashes.slice(lane * share, (lane + 1) * share))
        })
        return (await Promise.all(lanes)).flat()
      } catch (error) {
        const isTooMuch = error instanceof RemoteFault && error.reason === "too-large" && this.#count > 1
        if (!isTooMuch) throw error
        this.#count = Math.ceil(Math.min(this.#count, hashes.length) / 4)
      }
    }
  }

  async #askHashes(): Promise<void> {
    const to = Math.min(this.#to, this.#next + MOST_HASHES - 1)
    const hashes = await hashesOf(this.#client, this.#next, to)
    const missing = hashes.indexOf(null)
    // It was there when the feed was opened: the chain has become shorter.
    if (missing >= 0) throw this.#reorganised(this.#next + missing)
    this.#hashes = hashes.filter(hash => hash !== null)
  }

  async #recheck(): Promise<void> {
    const [before] = await hashesOf(this.#client, this.#next - 1, this.#next - 1)
    if (before !== this.#previous) throw this.#reorganised(this.#next - 1)
    await this.#askHashes()
  }

  /** Where among these blocks the first stands that is no child of the one before; -1 for none. */
  #firstStranger(blocks: readonly Uint8Array[]): number {
    return blocks.findIndex((bytes, at) => {
      const before = at === 0 ? this.#previous : this.#hashes[at - 1]
      return before !== null && previousOf(bytes) !== before
    })
  }

  /** Blocks are about as large as those before them: early ones 200 bytes, later ones four million. */
  #reckon(blocks: readonly Uint8Array[]): void {
    const largest = blocks.reduce((most, { length }) => Math.max(most, length), 1)
    const fitting = Math.max(1, Math.floor(BATCH_BYTES / largest))
    this.#count = Math.min(fitting, 2 * this.#count, this.#mostBlocks)
  }

  #reorganised(height: number): Problem {
    return new Problem("remote-reorganised", { height }, { file: this.#client.href })
  }
}
