import type { BlockFeed, Tip } from "../ports/blocks.ts"
import type { LedgerWriter } from "../ports/ledger-writer.ts"
import type { OnProgress } from "../ports/progress.ts"
import { Problem } from "../units/problem.ts"

/**
 * How many blocks of a ledger are taken back where the chain has left them. No chain of those read here has been
 * reorganised as deep without it being news; beyond it is another branch that the node is on, and a person decides.
 */
const WINDOW = 100
/** A ledger that grows is published each time that it has doubled, so that publishing costs no more than it holds. */
const WORTH_PUBLISHING = 5_000_000

/** Blocks as a ledger takes them, and the height of the last one. */
export interface LedgerBatch<Batch> {
  readonly batch: Batch
  readonly lastHeight: number
}

export interface Ingest<Block, Batch> {
  readonly feed: BlockFeed<Block>
  readonly writer: LedgerWriter<Batch>
  /** The feed's blocks, made ready for the ledger. */
  readonly batches: (fromHeight: number, toHeight: number) => AsyncIterable<LedgerBatch<Batch>>
  /** Where an empty ledger begins. */
  readonly firstHeight: number
  /** Inclusive; null is the feed's tip. */
  readonly toHeight: number | null
  readonly onProgress: OnProgress
  /** Stops after the batch under way, whose blocks are stored. */
  readonly signal: AbortSignal
}

export interface Ingested {
  readonly before: Tip | null
  readonly after: Tip | null
  /** The height from which on blocks were stored; above `after` where none were. */
  readonly from: number
  /** How many blocks were taken back because the chain had left them. */
  readonly undone: number
  readonly interrupted: boolean
  /** How long the storing and the publishing took. */
  readonly seconds: { readonly storing: number; readonly publishing: number }
}

/**
 * Fills a ledger with the blocks it lacks and publishes its columns. Run again it goes on where it was; with nothing
 * new it changes nothing.
 *
 * @throws Problem of the feed, of a block, or of the ledger; blocks before the trouble are stored and published all the
 *   same, if they can be
 */
export async function ingest<Block, Batch>(job: Ingest<Block, Batch>): Promise<Ingested> {
  const { writer } = job
  const before = writer.tip
  const undone = before === null ? 0 : await leaveLostBranch(job, before)
  const from = writer.tip === null ? job.firstHeight : writer.tip.height + 1
  const began = performance.now()
  let publishing = 0
  let published = writer.size
  const publish = async (): Promise<void> => {
    const from = performance.now()
    await writer.publish(job.onProgress)
    publishing += performance.now() - from
    published = writer.size
  }
  try {
    await store(job, async () => {
      if (writer.size >= Math.max(2 * published, WORTH_PUBLISHING)) await publish()
    })
    await writer.commit()
  } catch (error) {
    await keep(writer, publish)
    throw error
  }
  if (!writer.isPublished()) await publish()
  const storing = performance.now() - began - publishing
  const seconds = { storing: storing / 1000, publishing: publishing / 1000 }
  return { before, after: writer.tip, from, undone, interrupted: job.signal.aborted, seconds }
}

/**
 * After trouble: stores and publishes what came before it, which is whole. Where that fails too, as on a full disk, it
 * is the first trouble that is told: what is left out here, the next run makes up for.
 */
async function keep(writer: LedgerWriter<unknown>, publish: () => Promise<void>): Promise<void> {
  try {
    await writer.commit()
    if (!writer.isPublished()) await publish()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
}

async function store<Block, Batch>(job: Ingest<Block, Batch>, onStored: () => Promise<void>): Promise<void> {
  const { feed, writer, firstHeight, signal, onProgress } = job
  const from = writer.tip === null ? firstHeight : writer.tip.height + 1
  const to = Math.min(job.toHeight ?? feed.tip.height, feed.tip.height)
  if (from > to) return
  onProgress(feed.from, 0, to - from + 1, "blocks")
  for await (const { batch, lastHeight } of job.batches(from, to)) {
    const isStored = await writer.add(batch, feed.from)
    onProgress(feed.from, lastHeight - from + 1, to - from + 1, "blocks")
    if (signal.aborted) return
    if (isStored) await onStored()
  }
}

/** Takes back the ledger's blocks that are no longer on the feed's branch; how many. */
async function leaveLostBranch<Block, Batch>(
  { feed, writer }: Ingest<Block, Batch>,
  tip: Tip,
): Promise<number> {
  const isOnBranch = async ({ height, hash }: Tip): Promise<boolean> =>
    height <= feed.tip.height && (await feed.hashAt(height)) === hash
  if (await isOnBranch(tip)) return 0
  if (feed.tip.height < tip.height && feed.tip.hash === (await writer.hashAt(feed.tip.height))) {
    const detail = { ours: tip.height, theirs: feed.tip.height }
    throw new Problem("remote-behind", detail, { file: feed.from })
  }
  const last = await writer.lastBlocks(WINDOW + 1)
  for (const [undone, block] of last.entries()) {
    if (!(await isOnBranch(block))) continue
    await writer.rollBackTo(block.height)
    return undone
  }
  throw new Problem("ledger-reorganised", { height: last.at(-1)?.height ?? 0 }, { file: feed.from })
}
