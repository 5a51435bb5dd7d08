import { displayed } from "../../chains/bitcoin/hash.ts"
import { HEADER_LENGTH } from "../../chains/bitcoin/header.ts"
import { equalHashes } from "../../chains/bitcoin/merkle.ts"
import type { BlockFeed, RawBlock, Tip } from "../../ports/blocks.ts"
import { NODE_HASHES } from "../decoding/node-hashes.ts"
import type { BlockFile } from "./block-files.ts"
import { malformed } from "./block-record.ts"
import type { HeaderIndex } from "./header-index.ts"
import type { ObfuscationKey } from "./obfuscation.ts"
import { readBatch } from "./read-batch.ts"

/** Bytes of blocks in a batch; more only where a single block has more. */
const BATCH = 8 * 2 ** 20

/** The best chain of a folder of block files, once its headers are known. */
export class FolderFeed implements BlockFeed<RawBlock> {
  readonly from: string
  readonly tip: Tip
  readonly #files: readonly BlockFile[]
  readonly #key: ObfuscationKey | null
  readonly #index: HeaderIndex
  /** By height: the number of the block in the index. */
  readonly #chain: Int32Array

  constructor(
    folder: string,
    files: readonly BlockFile[],
    key: ObfuscationKey | null,
    index: HeaderIndex,
    chain: Int32Array,
  ) {
    this.from = folder
    this.#files = files
    this.#key = key
    this.#index = index
    this.#chain = chain
    const height = chain.length - 1
    this.tip = { height, hash: displayed(index.hash(chain[height] ?? 0)) }
  }

  async hashAt(height: number): Promise<string | null> {
    const n = this.#chain[height]
    return n === undefined ? null : displayed(this.#index.hash(n))
  }

  /**
   * Up to the tip, where `toHeight` is beyond it. The blocks of a batch are views of one buffer of their own, which
   * may be given away; their headers are those that were found when the folder was opened.
   */
  async *blocks(fromHeight: number, toHeight: number): AsyncGenerator<readonly RawBlock[]> {
    const last = Math.min(toHeight, this.tip.height)
    let ahead = this.#read(Math.max(0, fromHeight), last)
    try {
      for (let batch = await ahead; batch.length > 0; batch = await ahead) {
        const end = batch.at(-1)?.height ?? last
        ahead = this.#read(end + 1, last)
        // Where it fails before it is waited for, it fails all the same when it is.
        ahead.catch(() => {})
        yield batch
      }
    } finally {
      // Whoever stops early must not leave a file open behind.
      await ahead.catch(() => {})
    }
  }

  async close(): Promise<void> {}

  /** The batch that begins at a height; empty beyond the last. */
  async #read(from: number, last: number): Promise<RawBlock[]> {
    const places = []
    let bytes = 0
    for (let height = from; height <= last; height++) {
      const place = this.#index.place(this.#chain[height] ?? 0)
      bytes += place.size
      if (bytes > BATCH && places.length > 0) break
      places.push(place)
    }
    const blocks = await readBatch(this.#files, this.#key, places)
    return blocks.map((block, n) => ({ height: from + n, bytes: this.#asFound(block, from + n) }))
  }

  /** A node that is running may prune files, or start anew: what is read must be what was found. */
  #asFound(block: Uint8Array, height: number): Uint8Array {
    const n = this.#chain[height] ?? 0
    const hash = this.#index.hash(n)
    if (equalHashes(NODE_HASHES.sha256d(block.subarray(0, HEADER_LENGTH)), hash)) return block
    const { file, offset } = this.#index.place(n)
    throw malformed(this.#files[file]?.path ?? "", displayed(hash), "the file has changed since", offset)
  }
}
