import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import type { AccountBlock, BlockFeed } from "../../src/ports/blocks.ts"
import { openEthereumExport } from "../../src/readers/ethereum/ethereum-export.ts"
import { openEthereumNode } from "../../src/readers/ethereum/ethereum-node.ts"
import { type Anvil, startAnvil } from "../../testing/nodes/anvil.ts"
import { RULES, stageEthereum } from "../../testing/nodes/staged-ethereum.ts"

type Told = Record<string, unknown>
type Line = Record<string, unknown>

const number = (value: unknown): string | null => (value == null ? null : BigInt(value as string).toString())

/** A chain as ethereum-etl would write it: the columns of its schema, out of what the node says. */
async function tablesOf(anvil: Anvil, height: number): Promise<Record<string, Line[]>> {
  const tables: Record<string, Line[]> = { blocks: [], transactions: [], receipts: [], logs: [], traces: [] }
  for (let at = 0; at <= height; at++) {
    const tag = `0x${at.toString(16)}`
    const block = (await anvil.call("eth_getBlockByNumber", tag, true)) as Told
    tables.blocks?.push(lineOfBlock(block))
    for (const transaction of block.transactions as Told[])
      tables.transactions?.push(lineOfTransaction(transaction))
    for (const receipt of (await anvil.call("eth_getBlockReceipts", tag)) as Told[]) {
      tables.receipts?.push(lineOfReceipt(receipt))
      for (const log of receipt.logs as Told[]) tables.logs?.push(lineOfLog(log))
    }
    for (const trace of (await anvil.call("trace_block", tag)) as Told[])
      tables.traces?.push(lineOfTrace(trace))
  }
  return tables
}

const lineOfBlock = (block: Told): Line => ({
  number: number(block.number),
  hash: block.hash,
  parent_hash: block.parentHash,
  nonce: block.nonce,
  sha3_uncles: block.sha3Uncles,
  logs_bloom: block.logsBloom,
  transactions_root: block.transactionsRoot,
  state_root: block.stateRoot,
  receipts_root: block.receiptsRoot,
  miner: block.miner,
  difficulty: number(block.difficulty),
  total_difficulty: number(block.totalDifficulty),
  size: number(block.size),
  extra_data: block.extraData,
  gas_limit: number(block.gasLimit),
  gas_used: number(block.gasUsed),
  timestamp: number(block.timestamp),
  transaction_count: (block.transactions as unknown[]).length,
  base_fee_per_gas: number(block.baseFeePerGas),
  withdrawals_root: block.withdrawalsRoot ?? null,
  withdrawals: [],
  blob_gas_used: number(block.blobGasUsed),
  excess_blob_gas: number(block.excessBlobGas),
})

const placeOf = (told: Told): Line => ({
  block_number: number(told.blockNumber),
  block_hash: told.blockHash,
  transaction_index: number(told.transactionIndex ?? told.transactionPosition),
})

const lineOfTransaction = (transaction: Told): Line => ({
  ...placeOf(transaction),
  hash: transaction.hash,
  nonce: number(transaction.nonce),
  from_address: transaction.from,
  to_address: transaction.to ?? null,
  value: number(transaction.value),
  gas: number(transaction.gas),
  gas_price: number(transaction.gasPrice),
  input: transaction.input,
  transaction_type: number(transaction.type),
  max_fee_per_gas: number(transaction.maxFeePerGas),
  max_priority_fee_per_gas: number(transaction.maxPriorityFeePerGas),
})

const lineOfReceipt = (receipt: Told): Line => ({
  ...placeOf(receipt),
  transaction_hash: receipt.transactionHash,
  cumulative_gas_used: number(receipt.cumulativeGasUsed),
  gas_used: number(receipt.gasUsed),
  contract_address: receipt.contractAddress ?? null,
  root: null,
  status: number(receipt.status),
  effective_gas_price: number(receipt.effectiveGasPrice),
})

const lineOfLog = (log: Told): Line => ({
  ...placeOf(log),
  log_index: number(log.logIndex),
  transaction_hash: log.transactionHash,
  address: log.address,
  data: log.data,
  topics: log.topics,
})

function lineOfTrace(trace: Told): Line {
  const action = trace.action as Told
  const result = (trace.result ?? {}) as Told
  return {
    ...placeOf(trace),
    transaction_hash: trace.transactionHash,
    from_address: action.from ?? action.address,
    to_address: action.to ?? action.refundAddress ?? result.address ?? null,
    value: number(action.value ?? action.balance),
    trace_type: trace.type,
    call_type: action.callType ?? null,
    trace_address: trace.traceAddress,
    error: trace.error ?? null,
  }
}

function asCsv(lines: readonly Line[]): string {
  const names = Object.keys(lines[0] ?? {})
  const field = (value: unknown): string => {
    const text = value === null || value === undefined ? "" : String(value)
    return text.includes(",") ? `"${text}"` : text
  }
  return [names, ...lines.map(line => names.map(name => field(line[name])))]
    .map(each => each.join(","))
    .join("\n")
}

async function rowsOf(feed: BlockFeed<AccountBlock>) {
  const blocks: AccountBlock[] = []
  for await (const batch of feed.blocks(0, feed.tip.height)) blocks.push(...batch)
  await feed.close()
  const rows = blocks.flatMap(block => block.rows)
  return {
    tip: feed.tip,
    grades: new Set(rows.map(row => row.grade)),
    rows: rows.map(row => ({ ...row, grade: null })),
  }
}

describe.each(RULES)("a chain under the rules of %s, exported as ethereum-etl does", rules => {
  it.each(["csv", "json"])("tells as %s what its node tells, reported only", async form => {
    const anvil = await startAnvil(["--hardfork", rules])
    const folder = await mkdtemp(join(tmpdir(), "ashiato-export-"))
    try {
      const { height } = await stageEthereum(anvil, rules)
      const tables = await tablesOf(anvil, height)
      for (const [name, lines] of Object.entries(tables)) {
        const text = form === "csv" ? asCsv(lines) : lines.map(line => JSON.stringify(line)).join("\n")
        await writeFile(join(folder, `${name}.${form}`), text)
      }
      const node = await openEthereumNode({ url: anvil.url, expectedChainId: 31_337, upTo: "latest" })
      const told = await rowsOf(node)
      const exported = await rowsOf(await openEthereumExport({ folder, chainId: 31_337 }))
      expect(exported.rows).toEqual(told.rows)
      expect(exported.tip).toEqual(told.tip)
      expect(exported.grades).toEqual(new Set(["reported"]))
      expect(told.grades).toEqual(new Set(["chain", "computed"]))
    } finally {
      await anvil.stop()
      await rm(folder, { recursive: true })
    }
  })
})
