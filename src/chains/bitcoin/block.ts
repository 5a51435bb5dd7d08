import { BlockFault } from "./block-fault.ts"
import { Cursor } from "./cursor.ts"
import type { Hash } from "./hash.ts"
import { type Header, MERKLE_ROOT_AT, readHeader } from "./header.ts"
import { equalHashes, merkleRoot } from "./merkle.ts"
import { type Dialect, readTransaction, SHORTEST_TRANSACTION, type Transaction } from "./transaction.ts"
import { txidOf } from "./txid.ts"

export interface Block {
  readonly header: Header
  readonly transactions: readonly Transaction[]
  /**
   * Litecoin only: the bytes of the extension block behind the transactions, its leading mark (1 there, 0 none)
   * among them. Not looked into: amounts and owners in it are hidden. Null where the block ends with its transactions.
   */
  readonly extension: Uint8Array | null
}

/**
 * The block in these bytes and nothing after it. Its form is checked, its signatures, scripts and sums are not: those
 * are the business of the node that stored it, and of the ledger.
 *
 * @throws BlockFault
 */
export function decodeBlock(bytes: Uint8Array, dialect: Dialect): Block {
  const cursor = new Cursor(bytes)
  const header = readHeader(cursor)
  const transactions = readTransactions(cursor, dialect)
  const extension = transactions.at(-1)?.isHogEx ? cursor.take(cursor.left) : null
  if (extension?.length === 0) throw new BlockFault("ends too early", cursor.at)
  if (cursor.left > 0) throw new BlockFault("bytes left over", cursor.at)
  return { header, transactions, extension }
}

/**
 * One coinbase, and it comes first. That also keeps out a tree whose upper hashes, 64 bytes a pair, are passed off as
 * transactions: a coinbase begins with more zeros than anyone can mine into such a pair.
 */
function readTransactions(cursor: Cursor, dialect: Dialect): Transaction[] {
  const from = cursor.at
  const count = cursor.count(SHORTEST_TRANSACTION)
  if (count === 0) throw new BlockFault("block without transactions", from)
  const transactions: Transaction[] = []
  for (let n = 0; n < count; n++) {
    const at = cursor.at
    const transaction = readTransaction(cursor, dialect)
    if (transaction.isCoinbase !== (n === 0)) {
      throw new BlockFault(n === 0 ? "first transaction is not a coinbase" : "coinbase out of place", at)
    }
    if (transaction.isHogEx && (n === 0 || n < count - 1)) throw new BlockFault("HogEx out of place", at)
    transactions.push(transaction)
  }
  return transactions
}

/**
 * The txids of a block's transactions, in their order, once they are known to be those that its header commits to.
 *
 * @throws BlockFault
 */
export function verifiedTxids(block: Block, sha256d: Hash): Uint8Array[] {
  const txids = block.transactions.map(transaction => txidOf(transaction, sha256d))
  if (!equalHashes(merkleRoot(txids, sha256d), block.header.merkleRoot)) {
    throw new BlockFault("merkle root does not match", MERKLE_ROOT_AT)
  }
  return txids
}
