import { availableParallelism } from "node:os"
import type { BlockColumns } from "../chains/bitcoin/block-columns.ts"
import type { NamedNetwork } from "../chains/bitcoin/network-name.ts"
import type { BlockFeed, RawBlock } from "../ports/blocks.ts"
import type { OnProgress } from "../ports/progress.ts"
import { type Ingested, ingest, type LedgerBatch } from "./ingest.ts"

/** More threads than this wait for the one that stores. */
const MOST_THREADS = 4

export interface IngestBitcoin {
  readonly folder: string
  readonly network: NamedNetwork
  readonly from:
    | { readonly kind: "blocks"; readonly folder: string }
    | { readonly kind: "rpc"; readonly url: string; readonly cookieFile: string | null }
  readonly toHeight: number | null
  readonly onProgress: OnProgress
  readonly signal: AbortSignal
}

/** Fills a ledger from a node's block files or from the node itself: threads decode, this one stores. */
export async function ingestBitcoin(job: IngestBitcoin): Promise<Ingested> {
  const { folder, network, toHeight, onProgress, signal } = job
  const { Database } = await import("../stores/duckdb/database.ts")
  const { UtxoStore } = await import("../stores/duckdb/utxo-store.ts")
  const { openDecoder } = await import("../readers/decoding/decoder.ts")
  const feed = await openFeed(job)
  const cores = availableParallelism()
  const decoders = Math.min(MOST_THREADS, cores)
  const decoder = openDecoder(network.network, decoders)
  try {
    const database = await Database.openOrCreate(folder, { chain: network.chain, shape: "utxo" })
    const writer = await UtxoStore.open(database, network.network, Math.max(1, cores - decoders))
    try {
      const batches = (from: number, to: number) => withHeights(decoder.columns(feed.blocks(from, to)))
      return await ingest({ feed, writer, batches, firstHeight: 0, toHeight, onProgress, signal })
    } finally {
      writer.close()
    }
  } finally {
    await decoder.close()
    await feed.close()
  }
}

async function openFeed({ network, from, onProgress }: IngestBitcoin): Promise<BlockFeed<RawBlock>> {
  if (from.kind === "blocks") {
    const { openBlockFolder } = await import("../readers/blocks/block-folder.ts")
    return openBlockFolder({ folder: from.folder, network: network.network, onProgress })
  }
  const { openBitcoinNode } = await import("../readers/bitcoin-rpc/bitcoin-node.ts")
  const cookie = from.cookieFile === null ? {} : { cookieFile: from.cookieFile }
  return openBitcoinNode({ url: from.url, network: network.network, ...cookie })
}

async function* withHeights(all: AsyncIterable<BlockColumns>): AsyncGenerator<LedgerBatch<BlockColumns>> {
  for await (const batch of all) {
    yield { batch, lastHeight: batch.firstHeight + batch.blocks.time.length - 1 }
  }
}
