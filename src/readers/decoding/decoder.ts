import { Worker } from "node:worker_threads"
import type { BlockColumns } from "../../chains/bitcoin/block-columns.ts"
import type { NETWORKS } from "../../chains/bitcoin/network.ts"
import type { RawBlock } from "../../ports/blocks.ts"
import { Problem } from "../../units/problem.ts"
import { type Decoded, decodeBatch, type RawBatch } from "./decode-batch.ts"

/** Batches under way for each thread: one in work, the others waiting, so that none is idle while a store looks inputs up. */
const PER_THREAD = 4
/** So few blocks at the beginning, as there are at the tip of a chain, are decoded here: a thread takes longer to start. */
const FEW_BLOCKS = 4

/**
 * Takes blocks apart and gives the columns back in the order in which the blocks came. Whatever goes wrong, with a block
 * or with what gives the blocks, is thrown when all blocks before it have been given.
 */
export interface Decoder {
  columns(batches: AsyncIterable<readonly RawBlock[]>): AsyncIterable<BlockColumns>
  close(): Promise<void>
}

/**
 * Decodes in threads of its own, or where it is run as TypeScript, which Node's threads do not load, in this one.
 *
 * @throws Problem `block-malformed` with the height of the block
 */
export function openDecoder(network: keyof typeof NETWORKS, threads: number): Decoder {
  const runsFromSource = import.meta.url.endsWith(".ts")
  const hands = new Hands(runsFromSource ? 0 : threads)
  return { columns: batches => columnsInOrder(batches, network, hands), close: () => hands.close() }
}

async function* columnsInOrder(
  batches: AsyncIterable<readonly RawBlock[]>,
  network: keyof typeof NETWORKS,
  hands: Hands,
): AsyncGenerator<BlockColumns> {
  const underWay: Promise<Decoded>[] = []
  const most = Math.max(1, hands.most * PER_THREAD)
  let isFirst = true
  const rest = batches[Symbol.asyncIterator]()
  let trouble: { readonly error: unknown } | null = null
  try {
    for (;;) {
      const next = await rest.next().catch((error: unknown) => {
        trouble = { error }
        return null
      })
      if (next === null || next.done === true) break
      const [first] = next.value
      if (first === undefined) continue
      const batch = { network, firstHeight: first.height, blocks: next.value.map(({ bytes }) => bytes) }
      const hand = isFirst && batch.blocks.length <= FEW_BLOCKS ? null : hands.next()
      isFirst = false
      const decoded = hand === null ? Promise.resolve(decodeBatch(batch)) : hand.decode(batch)
      // Whoever waits for an earlier batch will come to this one; till then its failure is nobody's.
      decoded.catch(() => {})
      underWay.push(decoded)
      if (underWay.length >= most) yield* columnsFrom(await (underWay.shift() as Promise<Decoded>))
    }
    for (const decoded of underWay) yield* columnsFrom(await decoded)
  } finally {
    await rest.return?.()
  }
  if (trouble !== null) throw (trouble as { error: unknown }).error
}

function* columnsFrom({ columns, fault }: Decoded): Generator<BlockColumns> {
  if (columns !== null) yield columns
  if (fault === null) return
  const { height, reason, offset } = fault
  throw new Problem("block-malformed", { block: height, reason, at: offset })
}

type Waiting = { readonly resolve: (decoded: Decoded) => void; readonly reject: (error: unknown) => void }

/** Threads that take turns; each is started when its first turn comes. */
class Hands {
  readonly most: number
  readonly #started: Hand[] = []
  #turn = 0

  constructor(most: number) {
    this.most = most
  }

  next(): Hand | null {
    if (this.most === 0) return null
    const turn = this.#turn++ % this.most
    const known = this.#started[turn]
    if (known !== undefined) return known
    const hand = new Hand()
    this.#started.push(hand)
    return hand
  }

  async close(): Promise<void> {
    await Promise.all(this.#started.map(hand => hand.close()))
  }
}

/** One thread; it answers in the order in which it was asked. */
class Hand {
  readonly #worker: Worker
  readonly #waiting: Waiting[] = []
  /** Why it will never answer again. */
  #end: unknown = null

  constructor() {
    this.#worker = new Worker(new URL("./decode-worker.js", import.meta.url))
    this.#worker.on("message", (decoded: Decoded) => this.#waiting.shift()?.resolve(decoded))
    this.#worker.on("error", error => this.#ended(error))
    this.#worker.on("exit", code => this.#ended(new Error(`decoder: a thread has ended with ${code}`)))
  }

  #ended(error: unknown): void {
    this.#end ??= error
    for (const { reject } of this.#waiting.splice(0)) reject(this.#end)
  }

  decode(batch: RawBatch): Promise<Decoded> {
    return new Promise((resolve, reject) => {
      if (this.#end !== null) {
        reject(this.#end)
        return
      }
      this.#waiting.push({ resolve, reject })
      this.#worker.postMessage(batch, transferable(batch.blocks))
    })
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }
}

/** A block's share of its file beside its bytes: magic and size. */
const RECORD_HEAD = 8
/** Node's pool of small buffers is shared by everything that is small, and must stay. */
const POOL = 8192

/** Buffers that hold these blocks and nothing else are handed over; of others the blocks are copied. */
function transferable(blocks: readonly Uint8Array[]): ArrayBuffer[] {
  const covered = new Map<ArrayBufferLike, number>()
  for (const { buffer, byteLength } of blocks) {
    covered.set(buffer, (covered.get(buffer) ?? 0) + byteLength + RECORD_HEAD)
  }
  return [...covered.keys()].filter(
    (buffer): buffer is ArrayBuffer =>
      buffer instanceof ArrayBuffer &&
      buffer.byteLength > POOL &&
      (covered.get(buffer) ?? 0) >= buffer.byteLength,
  )
}
