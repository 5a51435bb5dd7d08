import { decodeBlock, decodeReceipts, type EthereumBlock } from "../../chains/ethereum/block.ts"
import { rowsOf } from "../../chains/ethereum/block-rows.ts"
import { DAO_ACCOUNTS, type DaoBalances } from "../../chains/ethereum/dao.ts"
import { EthereumFault } from "../../chains/ethereum/fault.ts"
import { decodeHeader, type Header } from "../../chains/ethereum/header.ts"
import { prove } from "../../chains/ethereum/proof.ts"
import { isDaoFork } from "../../chains/ethereum/rules.ts"
import type { AccountBlock } from "../../ports/blocks.ts"
import { Problem } from "../../units/problem.ts"
import type { NodeCall, NodeRpc } from "./node-rpc.ts"
import { noticesOf } from "./notices.ts"
import { quantityOf } from "./quantity.ts"
import { type ReceiptsWay, receiptsCall, receiptsOneByOne } from "./receipts.ts"
import { type Tracer, traceBlock } from "./tracer.ts"

/** How this node tells things. */
export interface Ways {
  readonly chainId: number
  readonly receipts: ReceiptsWay
  readonly tracer: Tracer
}

/**
 * Blocks by their heights, each with all that it takes to tell its rows, proved as far as they can be.
 *
 * @throws RemoteFault; Problem `remote-reorganised` where the node has lost a block, `chain-data-malformed`
 */
export async function fetchBlocks(
  rpc: NodeRpc,
  ways: Ways,
  heights: readonly number[],
): Promise<{ blocks: AccountBlock[]; length: number }> {
  const each = ways.receipts === "by-block" ? 2 : 1
  const { values, length } = await rpc.measured(
    heights.flatMap((height): NodeCall[] => {
      const block = { method: "eth_getBlockByNumber", params: [quantityOf(height), true] }
      return ways.receipts === "by-block" ? [block, receiptsCall(height)] : [block]
    }),
  )
  // The client lets a few requests through at a time, so that no more traces than that are at hand.
  const blocks = await Promise.all(
    heights.map((height, at) => {
      const receipts = each === 2 ? values[at * each + 1] : null
      const make = () => makeBlock(rpc, ways, height, values[at * each], receipts)
      return asProblemOf(`block ${height}`, rpc.href, make)
    }),
  )
  return { blocks, length }
}

async function makeBlock(
  rpc: NodeRpc,
  ways: Ways,
  height: number,
  found: unknown,
  told: unknown,
): Promise<AccountBlock> {
  // It was there when the feed was opened: the chain has become shorter.
  if (found === null) throw new Problem("remote-reorganised", { height }, { file: rpc.href })
  const block = decodeBlock(found, "block")
  const { header } = block
  if (header.number !== height) throw new EthereumFault("of another block", "block.number")
  const answer = ways.receipts === "by-block" ? told : await receiptsOneByOne(rpc, block)
  const receipts = decodeReceipts(answer, block, "receipts")
  const hashes = block.transactions.map(({ hash }) => hash)
  const frames = await traceBlock(rpc, ways.tracer, height, hashes)
  const uncles = await fetchUncles(rpc, block)
  const proof = prove(block, receipts, uncles)
  const daoBalances = isDaoFork(height, ways.chainId) ? await fetchDaoBalances(rpc, height) : null
  const { chainId } = ways
  const { rows, lacks } = rowsOf({ block, receipts, frames, uncles, proof, chainId, daoBalances })
  return {
    height,
    hash: header.hash,
    parent: height === 0 ? null : header.parentHash,
    time: header.timestamp,
    rows,
    notices: noticesOf(lacks, height, rpc.href),
  }
}

async function fetchUncles(rpc: NodeRpc, { header, uncles }: EthereumBlock): Promise<Header[] | null> {
  if (uncles === null) return null
  if (uncles.length === 0) return []
  const calls = uncles.map((_, at): NodeCall => {
    return { method: "eth_getUncleByBlockHashAndIndex", params: [header.hash, quantityOf(at)] }
  })
  return (await rpc.values(calls)).map((uncle, at) => decodeHeader(uncle, `uncles[${at}]`))
}

/** Null where the node does not have the state of so long ago. */
async function fetchDaoBalances(rpc: NodeRpc, height: number): Promise<DaoBalances | null> {
  const before = quantityOf(height - 1)
  const answers = await rpc.ask(
    DAO_ACCOUNTS.map(account => ({ method: "eth_getBalance", params: [account, before] })),
  )
  if (answers.some(answer => "code" in answer)) return null
  return new Map(
    DAO_ACCOUNTS.map((account, at) => [account, amountOf(answers[at]?.value, `dao[${at}].balance`)]),
  )
}

/** A quantity that stands alone. */
export function amountOf(value: unknown, path: string): bigint {
  if (typeof value === "string" && /^0x[0-9a-fA-F]{1,64}$/.test(value)) return BigInt(value)
  throw new EthereumFault("not a quantity", path)
}

/** What a chain's rules refuse, as a problem that a user can meet. */
export async function asProblemOf<Value>(
  what: string,
  file: string,
  work: () => Value | Promise<Value>,
): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof EthereumFault)) throw error
    const reason = `${error.path}: ${error.reason}`
    throw new Problem("chain-data-malformed", { what, reason }, { file })
  }
}
