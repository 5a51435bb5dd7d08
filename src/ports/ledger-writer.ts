import type { Tip } from "./blocks.ts"
import type { OnProgress } from "./progress.ts"

/** A ledger being written: block after block, each stored whole with all before it, or not at all. */
export interface LedgerWriter<Batch> {
  /** The last block that is stored; null for an empty ledger. */
  readonly tip: Tip | null
  /** How many rows it holds, in whatever there is most of: what it costs to publish it grows with that. */
  readonly size: number
  /**
   * Adds the blocks after the last one. They are stored when `commit` says so, or when enough have come together.
   *
   * @param from where they come from, kept as provenance
   * @returns whether what was added is stored now
   * @throws Problem, and then what was added since it last was stored is forgotten
   */
  add(batch: Batch, from: string): Promise<boolean>
  /** Stores what was added, in one transaction. */
  commit(): Promise<void>
  /** Takes back the blocks above a height, as after a reorganisation of the chain. */
  rollBackTo(height: number): Promise<void>
  /** The hash of a stored block, by which it is told whether a node is on the same branch; null where there is none. */
  hashAt(height: number): Promise<string | null>
  /** The last blocks that are stored, the last one first: among them is where a reorganised chain left the ledger. */
  lastBlocks(count: number): Promise<readonly Tip[]>
  /** Whether readers see all that is stored: not where whoever stored it was killed before it published. */
  isPublished(): boolean
  /** Publishes the columns that readers read. */
  publish(onProgress: OnProgress): Promise<void>
  close(): void
}
