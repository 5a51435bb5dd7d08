import type { AccountRow } from "../../ledger/account-row.ts"
import type { Grade } from "../../ledger/grade.ts"
import { parseInstant } from "../../units/time.ts"
import type { EthereumBlock } from "./block.ts"
import type { CallFrame } from "./call-frame.ts"
import { DAO_ACCOUNTS, DAO_REFUND, type DaoBalances } from "./dao.ts"
import type { Header } from "./header.ts"
import type { Lack } from "./lack.ts"
import type { Proof } from "./proof.ts"
import type { Receipt } from "./receipt.ts"
import { Rows } from "./rows.ts"
import { isCancun, isDaoFork, nephewRewardOf, subsidyOf, uncleRewardOf } from "./rules.ts"
import { tellTransaction } from "./transaction-rows.ts"

/** A block and what else is known of it. */
export interface BlockRecord {
  readonly block: EthereumBlock
  readonly receipts: readonly Receipt[]
  /** The calls of each transaction; null where nobody traced them. */
  readonly frames: readonly CallFrame[] | null
  /** The headers of the block's uncles; null where they are not at hand. */
  readonly uncles: readonly Header[] | null
  readonly proof: Proof
  readonly chainId: number
  /** Balances of the DAO's accounts before block 1,920,000; null where it is another block, or nobody knows. */
  readonly daoBalances: DaoBalances | null
}

export interface BlockRows {
  readonly rows: readonly AccountRow[]
  readonly lacks: readonly Lack[]
}

const GWEI = 10n ** 9n

/**
 * What a block moved, in the order of execution: the DAO's balances at the block that has them, the transactions, then
 * what the block's producer, its uncles' and its validators are given.
 *
 * @throws EthereumFault
 */
export function rowsOf(record: BlockRecord): BlockRows {
  const { block, receipts, frames, proof, chainId } = record
  const { header } = block
  const time = parseInstant(`${header.timestamp}`)
  const height = header.number
  const own = new Rows({ id: null, height, time }, `block:${height}`)
  const lacks: Lack[] = tellDao(record, own) ? [] : [{ what: "proof" }]
  const rows: AccountRow[] = [...own.rows]
  const context = { header, isProved: isProved(proof), destroysOnlyCreated: isCancun(header, chainId) }
  for (const [at, transaction] of block.transactions.entries()) {
    const receipt = receipts[at]
    // `checkReceipts` has counted them.
    if (receipt === undefined) throw new Error(`block ${height}: receipt ${at} is missing`)
    const frame = frames === null ? null : (frames[at] ?? null)
    const told = tellTransaction({ ...context, transaction, receipt, frame, time })
    for (const row of told.rows) rows.push(row)
    lacks.push(...told.lacks)
  }
  const after = new Rows({ id: null, height, time }, `block:${height}`)
  if (!tellRewards(record, after)) lacks.push({ what: "proof" })
  if (!isWhollyProved(record)) lacks.push({ what: "proof" })
  return { rows: [...rows, ...after.rows], lacks: distinct(lacks) }
}

/** Values, fees and logs rest on all three: a receipt is of the transaction whose place it has. */
function isProved({ header, transactions, receipts }: Proof): boolean {
  return header && transactions && receipts
}

function isWhollyProved({ block, proof }: BlockRecord): boolean {
  const uncles = (block.uncles ?? []).length === 0 || proof.uncles
  return isProved(proof) && proof.withdrawals && uncles
}

/** False where balances were moved and nobody says which. */
function tellDao({ block, chainId, daoBalances, proof }: BlockRecord, rows: Rows): boolean {
  if (!isDaoFork(block.header.number, chainId)) return true
  if (daoBalances === null) return false
  const grade = isProved(proof) ? "computed" : "reported"
  for (const [at, account] of DAO_ACCOUNTS.entries()) {
    const amount = daoBalances.get(account) ?? 0n
    rows.add({ at: `dao:${at}`, from: account, to: DAO_REFUND, amount, kind: "transfer", grade })
  }
  return true
}

/** As clients do it: the uncles, then the producer; or the withdrawals. False where what was given is not known. */
function tellRewards({ block, uncles, proof, chainId }: BlockRecord, rows: Rows): boolean {
  const { header, withdrawals } = block
  const give = (at: string, to: Header["miner"], amount: bigint, grade: Grade): void =>
    rows.add({ at, from: null, to, amount, kind: "reward", grade })
  const graded = (proved: boolean): Grade => (proof.header && proved ? "chain" : "reported")
  for (const [at, { address, amount }] of (withdrawals ?? []).entries()) {
    give(`withdrawal:${at}`, address, amount * GWEI, graded(proof.withdrawals))
  }
  const subsidy = subsidyOf(header, chainId)
  if (subsidy === null) return false
  if (subsidy === 0n) return true
  for (const [at, uncle] of (uncles ?? []).entries()) {
    const distance = BigInt(header.number - uncle.number)
    give(`uncle:${at}`, uncle.miner, uncleRewardOf(subsidy, distance), graded(proof.uncles))
  }
  const count = BigInt(block.uncles?.length ?? 0)
  give("reward", header.miner, subsidy + count * nephewRewardOf(subsidy), graded(block.uncles !== null))
  return block.uncles !== null && (uncles ?? []).length === block.uncles.length
}

function distinct(lacks: readonly Lack[]): Lack[] {
  const byKey = new Map(lacks.map(lack => [JSON.stringify(lack), lack]))
  return [...byKey.values()]
}
