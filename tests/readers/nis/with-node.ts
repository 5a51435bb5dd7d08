import type { AccountRow } from "../../../src/ledger/account-row.ts"
import type { AccountBlock, BlockFeed } from "../../../src/ports/blocks.ts"
import { openNisBlocks } from "../../../src/readers/nis/nis-blocks.ts"
import { type NisSource, type NisSourceOptions, openNisSource } from "../../../src/readers/nis/nis-source.ts"
import { Problem } from "../../../src/units/problem.ts"
import type { NemLedger } from "../../../testing/nis/nem-ledger.ts"
import { NisNode } from "../../../testing/nis/nis-node.ts"

/** A client that waits for nobody. */
export const QUICK = { requestsPerSecond: 1e6, retries: 0, backOffMs: 1, timeoutMs: 5_000, cacheFolder: null }

export interface Lent {
  readonly node: NisNode
  readonly source: (more?: Partial<NisSourceOptions>) => Promise<NisSource>
  readonly feed: () => Promise<BlockFeed<AccountBlock>>
}

/** Lends a node that tells a ledger, and closes it whatever happens. */
export async function withNode<Result>(
  { blocks, genesis, knowledge }: Pick<NemLedger, "blocks" | "genesis" | "knowledge">,
  work: (lent: Lent) => Promise<Result>,
): Promise<Result> {
  const node = new NisNode(blocks, knowledge)
  const url = await node.open()
  const usual = { url, genesis, ...QUICK }
  try {
    return await work({
      node,
      source: more => openNisSource({ ...usual, toHeight: null, ...more }),
      feed: () => openNisBlocks(usual),
    })
  } finally {
    await node.close()
  }
}

export async function rowsFrom(
  feed: BlockFeed<AccountBlock>,
  from: number,
  to: number,
): Promise<AccountRow[]> {
  const rows: AccountRow[] = []
  for await (const batch of feed.blocks(from, to)) for (const block of batch) rows.push(...block.rows)
  return rows
}

/** What went wrong, as code and detail. */
export async function problemOf(promise: Promise<unknown>): Promise<{ code: string; detail: object }> {
  const error = await promise.then(
    () => new Error("expected a problem, there was none"),
    (thrown: unknown) => thrown,
  )
  if (error instanceof Problem) return { code: error.code, detail: error.detail }
  throw error
}
