import type { AccountBlock, BlockFeed } from "../ports/blocks.ts"
import type { OnProgress } from "../ports/progress.ts"
import { type Ingested, ingest, type LedgerBatch } from "./ingest.ts"

type Batches = AsyncIterable<readonly AccountBlock[]>

export interface IngestAccount {
  readonly folder: string
  readonly from:
    | {
        readonly kind: "ethereum-node"
        readonly url: string
        readonly chainId: number
        readonly upTo: "finalized" | "latest"
        /** Whether tokens are held to `balanceOf`. */
        readonly checkTokens: boolean
      }
    | { readonly kind: "ethereum-export"; readonly folder: string; readonly chainId: number }
    | { readonly kind: "nis"; readonly url: string }
    | { readonly kind: "transfers"; readonly file: string; readonly chain: string | null }
  /** Where an empty ledger begins; null is where the chain, or the export, does. */
  readonly fromHeight: number | null
  readonly toHeight: number | null
  readonly onProgress: OnProgress
  readonly signal: AbortSignal
}

/** Fills a ledger of an account chain: from a node, from exported files, or from a file of transfers. */
export async function ingestAccount(job: IngestAccount): Promise<Ingested> {
  const { folder, toHeight, onProgress, signal } = job
  const { Database } = await import("../stores/duckdb/database.ts")
  const { AccountWriter } = await import("../stores/duckdb/account-writer.ts")
  const { feed, chain, chainsFirst, checked = (all: Batches) => all } = await openFeed(job)
  const firstHeight = job.fromHeight ?? feed.firstHeight ?? chainsFirst
  try {
    const database = await Database.openOrCreate(folder, { chain, shape: "account" })
    const writer = await AccountWriter.open(database)
    try {
      const batches = (from: number, to: number) => withHeights(checked(feed.blocks(from, to)))
      return await ingest({ feed, writer, batches, firstHeight, toHeight, onProgress, signal })
    } finally {
      writer.close()
    }
  } finally {
    await feed.close()
  }
}

/** `chainsFirst` is the height of the chain's first block. */
async function openFeed({ from, onProgress }: IngestAccount): Promise<{
  readonly feed: BlockFeed<AccountBlock>
  readonly chain: string | null
  readonly chainsFirst: number
  /** The feed's blocks with what is found out about them besides. */
  readonly checked?: (batches: Batches) => Batches
}> {
  switch (from.kind) {
    case "ethereum-node": {
      const { openEthereumNode } = await import("../readers/ethereum/ethereum-node.ts")
      const { url, chainId, upTo, checkTokens } = from
      const node = await openEthereumNode({ url, expectedChainId: chainId, upTo })
      const own = { feed: node, chain: "ethereum", chainsFirst: 0 }
      if (!checkTokens) return own
      const { withTokensChecked } = await import("../readers/ethereum/checked-tokens.ts")
      return { ...own, checked: batches => withTokensChecked(node, batches) }
    }
    case "ethereum-export": {
      const { openEthereumExport } = await import("../readers/ethereum/ethereum-export.ts")
      const feed = await openEthereumExport({ folder: from.folder, chainId: from.chainId })
      return { feed, chain: "ethereum", chainsFirst: 0 }
    }
    case "nis": {
      const { openNisBlocks } = await import("../readers/nis/nis-blocks.ts")
      const feed = await openNisBlocks({ url: from.url, cacheFolder: null })
      return { feed, chain: "nem", chainsFirst: 1 }
    }
    case "transfers": {
      const { openTransfersFeed } = await import("../readers/transfers-feed.ts")
      const { loadChain } = await import("../chains/chain.ts")
      const chain = from.chain === null ? null : await loadChain(from.chain)
      const feed = await openTransfersFeed(from.file, chain?.checkAddress ?? (text => text), onProgress)
      return { feed, chain: chain?.name ?? null, chainsFirst: 0 }
    }
  }
}

async function* withHeights(all: Batches): AsyncGenerator<LedgerBatch<readonly AccountBlock[]>> {
  for await (const batch of all) {
    const last = batch.at(-1)
    if (last !== undefined) yield { batch, lastHeight: last.height }
  }
}
