import { BlockFault } from "./block-fault.ts"
import { Cursor } from "./cursor.ts"
import type { Hash } from "./hash.ts"
import { type Header, MERKLE_ROOT_AT, readHeader } from "./header.ts"
import { type Dialect, Layout, layOutTransaction, SHORTEST_TRANSACTION } from "./layout.ts"
import { equalHashes, merkleRoot } from "./merkle.ts"
import { type Transaction, transactionAt } from "./transaction.ts"
import { txidAt, txidOf } from "./txid.ts"

export interface Block {
  readonly header: Header
  readonly transactions: readonly Transaction[]
  /**
   * Litecoin only: the bytes of the extension block behind the transactions, its leading mark (1 there, 0 none)
   * among them. Not looked into: amounts and owners in it are hidden. Null where the block ends with its transactions.
   */
  readonly extension: Uint8Array | null
}

/** A block whose transactions are laid out, from one row of a layout to another. */
export interface LaidOutBlock {
  readonly bytes: Uint8Array
  readonly header: Header
  readonly extension: Uint8Array | null
  readonly firstTx: number
  readonly endTx: number
}

/**
 * The block in these bytes and nothing after it. Its form is checked, its signatures, scripts and sums are not: those
 * are the business of the node that stored it, and of the ledger.
 *
 * @throws BlockFault
 */
export function decodeBlock(bytes: Uint8Array, dialect: Dialect): Block {
  const layout = new Layout()
  const { header, extension, endTx } = layOutBlock(bytes, dialect, layout)
  const cursor = new Cursor(bytes)
  const transactions: Transaction[] = []
  for (let tx = 0; tx < endTx; tx++) transactions.push(transactionAt(cursor, layout, tx))
  return { header, transactions, extension }
}

/**
 * As `decodeBlock`, with nothing made of the transactions.
 *
 * @throws BlockFault; the layout's last rows are then of no use
 */
export function layOutBlock(bytes: Uint8Array, dialect: Dialect, into: Layout): LaidOutBlock {
  const cursor = new Cursor(bytes)
  const header = readHeader(cursor)
  const firstTx = into.transactions
  layOutTransactions(cursor, dialect, into)
  const endTx = into.transactions
  const extension = into.isHogEx(endTx - 1) ? cursor.take(cursor.left) : null
  if (extension?.length === 0) throw new BlockFault("ends too early", cursor.at)
  if (cursor.left > 0) throw new BlockFault("bytes left over", cursor.at)
  return { bytes: cursor.bytes, header, extension, firstTx, endTx }
}

/**
 * One coinbase, and it comes first. That also keeps out a tree whose upper hashes, 64 bytes a pair, are passed off as
 * transactions: a coinbase begins with more zeros than anyone can mine into such a pair.
 */
function layOutTransactions(cursor: Cursor, dialect: Dialect, into: Layout): void {
  const from = cursor.at
  const count = cursor.count(SHORTEST_TRANSACTION)
  if (count === 0) throw new BlockFault("block without transactions", from)
  for (let n = 0; n < count; n++) {
    const at = cursor.at
    layOutTransaction(cursor, dialect, into)
    const tx = into.transactions - 1
    if (into.isCoinbase(tx, cursor.bytes) !== (n === 0)) {
      throw new BlockFault(n === 0 ? "first transaction is not a coinbase" : "coinbase out of place", at)
    }
    if (into.isHogEx(tx) && (n === 0 || n < count - 1)) throw new BlockFault("HogEx out of place", at)
  }
}

/**
 * The txids of a block's transactions, in their order, once they are known to be those that its header commits to.
 *
 * @throws BlockFault
 */
export function verifiedTxids({ header, transactions }: Block, sha256d: Hash): Uint8Array[] {
  return committed(
    header,
    transactions.map(transaction => txidOf(transaction, sha256d)),
    sha256d,
  )
}

/** As `verifiedTxids`, of a block that is laid out. */
export function laidOutTxids(block: LaidOutBlock, layout: Layout, sha256d: Hash): Uint8Array[] {
  const txids: Uint8Array[] = []
  for (let tx = block.firstTx; tx < block.endTx; tx++) txids.push(txidAt(block.bytes, layout, tx, sha256d))
  return committed(block.header, txids, sha256d)
}

function committed(header: Header, txids: Uint8Array[], sha256d: Hash): Uint8Array[] {
  if (!equalHashes(merkleRoot(txids, sha256d), header.merkleRoot)) {
    throw new BlockFault("merkle root does not match", MERKLE_ROOT_AT)
  }
  return txids
}
