import type { AccountRow } from "../ledger/account-row.ts"
import type { Notice } from "./source.ts"

/** The block up to which a feed speaks. `hash` is written as the chain's own tools write it. */
export interface Tip {
  readonly height: number
  readonly hash: string
}

/**
 * Blocks of one chain in order, from files or from a node: what a ledger is filled from. A feed says what it was told;
 * what can be proved of a block is proved by whoever stores it.
 */
export interface BlockFeed<Block> {
  /** Where it is read from, as provenance: a folder, an address without user and password. */
  readonly from: string
  readonly tip: Tip
  /** The height at which it begins, for what does not hold a chain from its first block on. */
  readonly firstHeight?: number
  /** The hash of the best chain's block at a height, by which a ledger knows its own branch; null above the tip. */
  hashAt(height: number): Promise<string | null>
  /**
   * The blocks from one height to another, both inclusive, in batches of a bounded number of bytes, each block the
   * child of the one before. A batch that is not yet asked for is read ahead by no more than one.
   *
   * @throws Problem `remote-...`, `remote-reorganised` where a block is no child of the one before, `block-...`
   */
  blocks(fromHeight: number, toHeight: number): AsyncIterable<readonly Block[]>
  close(): Promise<void>
}

/** A block of Bitcoin's family as its bytes, header first: nothing in it has been checked. */
export interface RawBlock {
  readonly height: number
  readonly bytes: Uint8Array
}

/** A block of an account chain, as rows in execution order. */
export interface AccountBlock {
  readonly height: number
  readonly hash: string
  /** Of the block before; null for the first. */
  readonly parent: string | null
  /** Unix seconds; null where no record has it. */
  readonly time: number | null
  readonly rows: readonly AccountRow[]
  /** What this block's record lacks: kept with the ledger and told with every answer that it touches. */
  readonly notices: readonly Notice[]
}
