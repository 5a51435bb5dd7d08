import type { BlockFeed, RawBlock } from "../../../src/ports/blocks.ts"
import { type BitcoinNodeOptions, openBitcoinNode } from "../../../src/readers/bitcoin-rpc/bitcoin-node.ts"
import { Problem } from "../../../src/units/problem.ts"
import { chainOf, FakeNode } from "./fake-node.ts"

export type Open = (more?: Partial<BitcoinNodeOptions>) => Promise<BlockFeed<RawBlock>>

/** Lends a fake node, and closes it whatever happens. */
export async function withNode<Result>(
  work: (node: FakeNode, open: Open) => Promise<Result>,
  blocks = chainOf(30),
): Promise<Result> {
  const node = new FakeNode(blocks)
  const url = await node.open()
  const usual = { url, network: "litecoinRegtest", retries: 2, backOffMs: 1, timeoutMs: 5_000 } as const
  try {
    return await work(node, more => openBitcoinNode({ ...usual, ...more }))
  } finally {
    await node.close()
  }
}

export async function batchesOf(feed: BlockFeed<RawBlock>, from: number, to: number) {
  const batches: (readonly RawBlock[])[] = []
  for await (const batch of feed.blocks(from, to)) batches.push(batch)
  return batches
}

export async function blocksOf(feed: BlockFeed<RawBlock>, from: number, to = feed.tip.height) {
  return (await batchesOf(feed, from, to)).flat()
}

/** What went wrong: its code, what was asked and what was said. Anything but a problem goes on. */
export async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  const error = await promise.then(
    () => new Error("expected a problem, there was none"),
    (thrown: unknown) => thrown,
  )
  if (error instanceof Problem) return error
  throw error
}
