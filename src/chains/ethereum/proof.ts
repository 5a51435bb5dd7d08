import { type EthereumBlock, withdrawalRlp } from "./block.ts"
import { EthereumFault } from "./fault.ts"
import { type Header, headerHash, headerRlp } from "./header.ts"
import { encodeReceipt, type Receipt } from "./receipt.ts"
import { hashOf, rlp } from "./rlp.ts"
import { encodeTransaction, signerOf } from "./transaction-hash.ts"
import { trieRoot } from "./trie-root.ts"

/**
 * What of a block was recomputed and agreed. False is what cannot be recomputed, because a field is left out or a
 * type is newer than we are; what can be and disagrees is a fault.
 */
export interface Proof {
  /** The header's fields make the block's hash. */
  readonly header: boolean
  /** The transactions make their hashes, their senders signed them, and together they make the header's root. */
  readonly transactions: boolean
  readonly receipts: boolean
  readonly withdrawals: boolean
  readonly uncles: boolean
}

export const NOTHING_PROVED: Proof = {
  header: false,
  transactions: false,
  receipts: false,
  withdrawals: false,
  uncles: false,
}

/**
 * @param uncles the headers of the block's uncles, or null where they are not at hand
 * @throws EthereumFault `hash does not match`, `root does not match` or `sender does not match`
 */
export function prove(
  block: EthereumBlock,
  receipts: readonly Receipt[],
  uncles: readonly Header[] | null,
): Proof {
  return {
    header: isHeaderProved(block.header),
    transactions: areTransactionsProved(block),
    receipts: areReceiptsProved(block.header, receipts),
    withdrawals: areWithdrawalsProved(block),
    uncles: areUnclesProved(block.header, uncles),
  }
}

function isHeaderProved(header: Header): boolean {
  const hash = headerHash(header)
  if (hash === null) return false
  if (hash === header.hash) return true
  // A fork that we do not know adds fields to what is hashed, and a node shows them.
  if (header.unknown.length > 0) return false
  throw new EthereumFault("hash does not match", "block.hash")
}

function areTransactionsProved({ header, transactions }: EthereumBlock): boolean {
  const encoded = transactions.map(encodeTransaction)
  for (const [at, transaction] of transactions.entries()) {
    const own = encoded[at] ?? null
    if (own === null) continue
    const path = `transactions[${at}]`
    if (hashOf(own) !== transaction.hash) throw new EthereumFault("hash does not match", `${path}.hash`)
    if (signerOf(transaction) !== transaction.from) {
      throw new EthereumFault("sender does not match", `${path}.from`)
    }
  }
  const known = encoded.filter(each => each !== null)
  if (known.length < encoded.length) return false
  if (trieRoot(known) === header.transactionsRoot) return true
  throw new EthereumFault("root does not match", "block.transactionsRoot")
}

function areReceiptsProved({ receiptsRoot }: Header, receipts: readonly Receipt[]): boolean {
  const encoded = receipts.map(encodeReceipt).filter(each => each !== null)
  if (encoded.length < receipts.length) return false
  if (trieRoot(encoded) === receiptsRoot) return true
  // What a receipt of a type after ours looks like, nobody knows.
  if (receipts.some(({ type }) => type > 4)) return false
  throw new EthereumFault("root does not match", "block.receiptsRoot")
}

function areWithdrawalsProved({ header, withdrawals }: EthereumBlock): boolean {
  if (header.withdrawalsRoot === null) return withdrawals === null || withdrawals.length === 0
  if (withdrawals === null) return false
  const root = trieRoot(withdrawals.map(withdrawal => rlp(withdrawalRlp(withdrawal))))
  if (root === header.withdrawalsRoot) return true
  throw new EthereumFault("root does not match", "block.withdrawalsRoot")
}

function areUnclesProved({ sha3Uncles }: Header, uncles: readonly Header[] | null): boolean {
  if (uncles === null) return false
  const headers = uncles.map(headerRlp).filter(each => each !== null)
  if (headers.length < uncles.length) return false
  if (hashOf(rlp(headers)) === sha3Uncles) return true
  throw new EthereumFault("hash does not match", "block.sha3Uncles")
}
