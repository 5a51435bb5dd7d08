import type { Hex } from "viem"
import { checkReceipts, type EthereumBlock, type Withdrawal } from "../../chains/ethereum/block.ts"
import { CALL_TYPES, type CallFrame } from "../../chains/ethereum/call-frame.ts"
import { EthereumFault } from "../../chains/ethereum/fault.ts"
import type { Header } from "../../chains/ethereum/header.ts"
import { type FlatTrace, treesOf } from "../../chains/ethereum/parity-trace.ts"
import type { Log, Receipt } from "../../chains/ethereum/receipt.ts"
import { hashOf } from "../../chains/ethereum/rlp.ts"
import type { Transaction } from "../../chains/ethereum/transaction.ts"
import type { ExportRow } from "./export-row.ts"

/** keccak256 of an empty list: no uncles. */
const NO_UNCLES = hashOf("0xc0")

/** A block's row and those of its transactions. An export has no signatures, and of the header no mix hash. */
export function readBlock(row: ExportRow, transactions: readonly ExportRow[]): EthereumBlock {
  const header = readHeader(row)
  const own = transactions.map(transaction => readTransaction(transaction, header))
  own.sort((a, b) => a.index - b.index)
  for (const [at, { index }] of own.entries()) {
    if (index !== at) throw new EthereumFault("out of order", `transactions[${at}].transaction_index`)
  }
  const count = row.maybe("transaction_count", () => row.integer("transaction_count"))
  if (count !== null && count !== own.length) row.fail("transaction_count", "out of range")
  const withdrawals = row.isAbsent("withdrawals_root") ? null : row.rows("withdrawals").map(readWithdrawal)
  return {
    header,
    transactions: own,
    withdrawals,
    uncles: header.sha3Uncles === NO_UNCLES ? [] : null,
  }
}

function readHeader(row: ExportRow): Header {
  const amountOrNull = (column: string): bigint | null => row.maybe(column, () => row.amount(column))
  return {
    hash: row.hash("hash"),
    parentHash: row.hash("parent_hash"),
    sha3Uncles: row.hash("sha3_uncles"),
    miner: row.address("miner"),
    stateRoot: row.hash("state_root"),
    transactionsRoot: row.hash("transactions_root"),
    receiptsRoot: row.hash("receipts_root"),
    logsBloom: row.bytes("logs_bloom", 256),
    difficulty: row.amount("difficulty"),
    number: row.integer("number"),
    gasLimit: row.amount("gas_limit"),
    gasUsed: row.amount("gas_used"),
    timestamp: row.integer("timestamp"),
    extraData: row.data("extra_data"),
    mixHash: null,
    nonce: row.maybe("nonce", () => row.bytes("nonce", 8)),
    baseFeePerGas: amountOrNull("base_fee_per_gas"),
    withdrawalsRoot: row.maybe("withdrawals_root", () => row.hash("withdrawals_root")),
    blobGasUsed: amountOrNull("blob_gas_used"),
    excessBlobGas: amountOrNull("excess_blob_gas"),
    parentBeaconBlockRoot: null,
    requestsHash: null,
    unknown: [],
  }
}

function readWithdrawal(row: ExportRow): Withdrawal {
  return {
    index: row.amount("index"),
    validatorIndex: row.amount("validator_index"),
    address: row.address("address"),
    amount: row.amount("amount"),
  }
}

function readTransaction(row: ExportRow, { hash, number }: Header): Transaction {
  const amountOrNull = (column: string): bigint | null => row.maybe(column, () => row.amount(column))
  if (row.hash("block_hash") !== hash || row.integer("block_number") !== number) {
    row.fail("block_hash", "of another block")
  }
  return {
    hash: row.hash("hash"),
    index: row.integer("transaction_index"),
    type: row.isAbsent("transaction_type") ? 0 : row.integer("transaction_type"),
    from: row.address("from_address"),
    to: row.maybe("to_address", () => row.address("to_address")),
    value: row.amount("value"),
    nonce: row.amount("nonce"),
    gas: row.amount("gas"),
    input: row.data("input"),
    gasPrice: amountOrNull("gas_price"),
    maxFeePerGas: amountOrNull("max_fee_per_gas"),
    maxPriorityFeePerGas: amountOrNull("max_priority_fee_per_gas"),
    maxFeePerBlobGas: amountOrNull("max_fee_per_blob_gas"),
    blobVersionedHashes: row.maybe("blob_versioned_hashes", () => row.hashes("blob_versioned_hashes")),
    accessList: null,
    authorizationList: null,
    chainId: null,
    signature: null,
  }
}

/**
 * A block's receipts, from their own table or from the columns `receipt_...` of its transactions.
 *
 * @param logs null where the export has none
 */
export function readReceipts(
  block: EthereumBlock,
  rows: readonly ExportRow[],
  prefix: "" | "receipt_",
  logs: readonly ExportRow[] | null,
): Receipt[] {
  const byHash = new Map(rows.map(row => [row.hash(prefix === "" ? "transaction_hash" : "hash"), row]))
  const logsOf = logs === null ? null : groupLogs(logs)
  const receipts = block.transactions.map(({ hash, type, index }) => {
    const row = byHash.get(hash)
    if (row === undefined) throw new EthereumFault("one for each transaction expected", `receipts[${index}]`)
    return readReceipt(row, prefix, type, hash, logsOf === null ? null : (logsOf.get(hash) ?? []))
  })
  checkReceipts(receipts, block, "receipts")
  return receipts
}

function readReceipt(
  row: ExportRow,
  prefix: string,
  type: number,
  transactionHash: Hex,
  logs: readonly Log[] | null,
): Receipt {
  const amountOrNull = (column: string): bigint | null => {
    return row.maybe(`${prefix}${column}`, () => row.amount(`${prefix}${column}`))
  }
  const status = amountOrNull("status")
  if (status !== null && status > 1n) row.fail(`${prefix}status`, "out of range")
  return {
    transactionHash,
    type,
    succeeded: status === null ? null : status === 1n,
    root: row.maybe(`${prefix}root`, () => row.hash(`${prefix}root`)),
    cumulativeGasUsed: row.amount(`${prefix}cumulative_gas_used`),
    gasUsed: row.amount(`${prefix}gas_used`),
    effectiveGasPrice: amountOrNull("effective_gas_price"),
    blobGasUsed: amountOrNull("blob_gas_used"),
    blobGasPrice: amountOrNull("blob_gas_price"),
    contractAddress: row.maybe(`${prefix}contract_address`, () => row.address(`${prefix}contract_address`)),
    logs,
  }
}

function groupLogs(rows: readonly ExportRow[]): ReadonlyMap<Hex, Log[]> {
  const logs = rows.map(row => ({
    hash: row.hash("transaction_hash"),
    address: row.address("address"),
    topics: row.hashes("topics"),
    data: row.data("data"),
    index: row.integer("log_index"),
  }))
  logs.sort((a, b) => a.index - b.index)
  const byHash = new Map<Hex, Log[]>()
  for (const { hash, ...log } of logs) {
    const known = byHash.get(hash)
    if (known === undefined) byHash.set(hash, [log])
    else known.push(log)
  }
  return byHash
}

/** A trace that is no call: what the chain began with, and what the DAO's accounts held. */
export interface SpecialTrace {
  readonly type: "genesis" | "daofork"
  readonly from: Hex | null
  readonly to: Hex
  readonly amount: bigint
}

/**
 * A block's traces as the calls of each transaction, and those that are no calls. geth's have no transaction's hash but
 * its place, and of a self-destruct they say nothing else.
 */
export function readTraces(
  block: EthereumBlock,
  rows: readonly ExportRow[],
): { readonly frames: readonly CallFrame[]; readonly special: readonly SpecialTrace[] } {
  const special: SpecialTrace[] = []
  const calls: FlatTrace[] = []
  for (const row of rows) {
    const type = row.text("trace_type")
    if (type === "genesis" || type === "daofork") {
      const from = row.maybe("from_address", () => row.address("from_address"))
      special.push({ type, from, to: row.address("to_address"), amount: row.amount("value") })
    } else if (type !== "reward") calls.push(readTrace(row, type, block))
  }
  calls.sort((a, b) => comparePlaces(a.path, b.path))
  const hashes = block.transactions.map(({ hash }) => hash)
  return { frames: treesOf(calls, hashes, "traces"), special }
}

function readTrace(row: ExportRow, name: string, { transactions }: EthereumBlock): FlatTrace {
  const hash = row.isAbsent("transaction_hash")
    ? transactions[row.integer("transaction_index")]?.hash
    : row.hash("transaction_hash")
  if (hash === undefined) return row.fail("transaction_index", "of another transaction")
  const path = row.words("trace_address").map(word => {
    return /^\d{1,7}$/.test(word) ? Number(word) : row.fail("trace_address", "not a quantity")
  })
  const spelled = (name === "call" ? row.text("call_type") : name).toUpperCase()
  const type = CALL_TYPES.find(known => known === (spelled === "SUICIDE" ? "SELFDESTRUCT" : spelled))
  if (type === undefined) return row.fail("trace_type", "unknown kind of call")
  const failed = !row.isAbsent("error") || (!row.isAbsent("status") && row.text("status") === "0")
  const addressOrNull = (column: string): Hex | null => row.maybe(column, () => row.address(column))
  const [from, to] = [addressOrNull("from_address"), addressOrNull("to_address")]
  const value = row.maybe("value", () => row.amount("value"))
  const at = `traces ${hash} ${path.join(".")}`
  return { transactionHash: hash, path, frame: { type, from, to, value, failed }, at }
}

/** A caller before what it calls, and calls in their order: rows of an export may stand in any. */
function comparePlaces(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}
