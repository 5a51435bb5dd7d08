import type { Hex } from "viem"
import { EthereumFault } from "./fault.ts"
import { Fields, hashAt, listOf } from "./fields.ts"
import { decodeHeader, type Header } from "./header.ts"
import { decodeReceipt, type Receipt } from "./receipt.ts"
import { type RlpItem, scalar } from "./rlp.ts"
import { decodeTransaction, type Transaction } from "./transaction.ts"

/** EIP-4895: value that a validator takes back or has earned, credited after the block's transactions. */
export interface Withdrawal {
  readonly index: bigint
  readonly validatorIndex: bigint
  readonly address: Hex
  /** In gwei. */
  readonly amount: bigint
}

export interface EthereumBlock {
  readonly header: Header
  readonly transactions: readonly Transaction[]
  /** Null before Shanghai. */
  readonly withdrawals: readonly Withdrawal[] | null
  /** Hashes of the uncles' headers; null where an export does not say. */
  readonly uncles: readonly Hex[] | null
}

/**
 * Reads what `eth_getBlockByNumber` answers when it is asked for whole transactions.
 *
 * @throws EthereumFault
 */
export function decodeBlock(value: unknown, path: string): EthereumBlock {
  const fields = new Fields(value, path)
  const transactions = fields.list("transactions", decodeTransaction)
  for (const [at, { index }] of transactions.entries()) {
    if (index !== at) fields.fail("out of order", `transactions[${at}].transactionIndex`)
  }
  return {
    header: decodeHeader(value, path),
    transactions,
    withdrawals: fields.maybe("withdrawals", () => fields.list("withdrawals", readWithdrawal)),
    uncles: fields.maybe("uncles", () => fields.list("uncles", hashAt)),
  }
}

/**
 * Reads what `eth_getBlockReceipts` answers: the receipts of a block's transactions, in any order. They come out in
 * that of the transactions.
 *
 * @throws EthereumFault
 */
export function decodeReceipts(value: unknown, block: EthereumBlock, path: string): Receipt[] {
  const told = listOf(value, path, decodeReceipt)
  const byHash = new Map(told.map(receipt => [receipt.transactionHash, receipt]))
  const receipts = block.transactions.map(({ hash }) => byHash.get(hash)).filter(each => each !== undefined)
  if (told.length !== receipts.length) throw new EthereumFault("one for each transaction expected", path)
  checkReceipts(receipts, block, path)
  return receipts
}

/** @throws EthereumFault where the receipts are not those of the block's transactions, in their order */
export function checkReceipts(receipts: readonly Receipt[], block: EthereumBlock, path: string): void {
  if (receipts.length !== block.transactions.length) {
    throw new EthereumFault("one for each transaction expected", path)
  }
  let gas = 0n
  let logs = 0
  for (const [at, receipt] of receipts.entries()) {
    const place = `${path}[${at}]`
    const transaction = block.transactions[at]
    if (receipt.transactionHash !== transaction?.hash || receipt.type !== transaction.type) {
      throw new EthereumFault("of another transaction", place)
    }
    gas += receipt.gasUsed
    if (gas !== receipt.cumulativeGasUsed) throw new EthereumFault("out of range", `${place}.gasUsed`)
    for (const { index } of receipt.logs ?? []) {
      if (index !== logs++) throw new EthereumFault("out of order", `${place}.logs`)
    }
  }
}

function readWithdrawal(value: unknown, path: string): Withdrawal {
  const fields = new Fields(value, path)
  return {
    index: fields.quantity("index"),
    validatorIndex: fields.quantity("validatorIndex"),
    address: fields.address("address"),
    amount: fields.quantity("amount"),
  }
}

/** A withdrawal as a block commits to it. */
export function withdrawalRlp({ index, validatorIndex, address, amount }: Withdrawal): RlpItem {
  return [scalar(index), scalar(validatorIndex), address, scalar(amount)]
}
