import type { BlockMoves } from "../ports/block-moves.ts"

export interface BlockAt {
  readonly height: number
  readonly hash: string
}

/** What addresses held together of an asset after a block; null where nobody knows. */
export type BalanceAt = (
  addresses: readonly string[],
  asset: string,
  block: BlockAt,
) => Promise<bigint | null>

/** A block as it is told, and how many transactions it has. */
export type ToldBlock = Omit<BlockMoves, "chain"> & { readonly transactions: number }

/** What a chain's ledger of either shape gives for one round of following: its columns as they are published now. */
export interface FollowedLedger {
  readonly horizon: BlockAt | null
  /** Null where the ledger has no block. */
  hashAt(height: number): string | null
  /** Stolen credits of the question that the ledger does not have (yet, or any more). */
  readonly unknown: readonly { readonly theft: string; readonly ref: string }[]
  /** Brings every rule's sweep to a block that the ledger has. */
  bringTo(told: BlockAt): void
  /**
   * Sweeps the block after the one that the rules stand at.
   *
   * @param tellAll also debits and credits in which nothing is traced
   */
  step(block: BlockAt, tellAll: boolean): ToldBlock
  /** Keeps on disk where the rules stand. */
  keep(): void
  /** What addresses held together of an asset after a block; null where the ledger cannot know. */
  balanceAt(addresses: readonly string[], asset: string, height: number): bigint | null
  close(): void
}

/** A ledger's question, with what its sweeps know from round to round. */
export interface FollowedChain {
  /** Opens what is published now. @throws Problem of the ledger */
  open(): FollowedLedger
}
