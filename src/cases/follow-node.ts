import type { BlockFeed } from "../ports/blocks.ts"
import type { EthereumNode } from "../readers/ethereum/ethereum-node.ts"
import { Problem } from "../units/problem.ts"
import type { FollowFrom, FollowJob } from "./follow-from.ts"
import type { BalanceAt, BlockAt } from "./follow-ledger.ts"
import type { IngestAccount } from "./ingest-account.ts"

/** A node as following asks it, whatever its chain. */
export interface FollowedNode {
  /** Pins where it stands now. */
  open(): Promise<Pick<BlockFeed<unknown>, "tip" | "hashAt" | "close">>
  /** Takes what is new into the ledger, and back what its chain has left. */
  ingest(): Promise<void>
  /** What accounts hold by the node's word; null where it is the ledger that knows. */
  readonly balanceAt: BalanceAt | null
}

export function nodeOf(job: FollowJob): FollowedNode {
  const { from } = job
  switch (from.kind) {
    case "bitcoin":
      return bitcoinNode(job, from)
    case "ethereum": {
      const { url, chainId, upTo, checkTokens, fromHeight } = from
      const open = async (): Promise<EthereumNode> => {
        const { openEthereumNode } = await import("../readers/ethereum/ethereum-node.ts")
        return openEthereumNode({ url, expectedChainId: chainId, upTo })
      }
      return {
        open,
        ingest: () => takeIn(job, { kind: "ethereum-node", url, chainId, upTo, checkTokens }, fromHeight),
        // What accounts were given before the first block is in no block.
        balanceAt: async (addresses, asset, block) => etherAt(await open(), addresses, asset, block),
      }
    }
    case "nem": {
      const { url, fromHeight } = from
      return {
        open: async () => {
          const { openNisBlocks } = await import("../readers/nis/nis-blocks.ts")
          return openNisBlocks({ url, cacheFolder: null })
        },
        ingest: () => takeIn(job, { kind: "nis", url }, fromHeight),
        balanceAt: null,
      }
    }
  }
}

async function takeIn(job: FollowJob, from: IngestAccount["from"], fromHeight: number | null): Promise<void> {
  const { ingestAccount } = await import("./ingest-account.ts")
  await ingestAccount({ ...shared(job), from, fromHeight })
}

function bitcoinNode(
  job: FollowJob,
  { network, url, cookieFile }: Extract<FollowFrom, { kind: "bitcoin" }>,
): FollowedNode {
  return {
    open: async () => {
      const { openBitcoinNode } = await import("../readers/bitcoin-rpc/bitcoin-node.ts")
      const cookie = cookieFile === null ? {} : { cookieFile }
      return openBitcoinNode({ url, network: network.network, ...cookie })
    },
    ingest: async () => {
      const { ingestBitcoin } = await import("./ingest-bitcoin.ts")
      await ingestBitcoin({ ...shared(job), network, from: { kind: "rpc", url, cookieFile } })
    },
    balanceAt: null,
  }
}

function shared({ folder, untilHeight, signal }: FollowJob) {
  return { folder, toHeight: untilHeight, onProgress: () => {}, signal }
}

const TOKEN = /^erc20:(0x[0-9a-f]{40})$/

async function etherAt(
  node: EthereumNode,
  addresses: readonly string[],
  asset: string,
  { height, hash }: BlockAt,
): Promise<bigint | null> {
  const [, token] = TOKEN.exec(asset) ?? []
  if (token === undefined && asset !== "ETH") return null
  let sum = 0n
  for (const account of addresses) {
    const own = await (token === undefined
      ? node.etherOf(account, height)
      : node.tokensOf(token, account, height))
    if (own === null) return null
    sum += own
  }
  if ((await node.hashAt(height)) === hash) return sum
  throw new Problem("remote-reorganised", { height }, { file: node.from })
}
