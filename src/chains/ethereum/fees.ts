import { EthereumFault } from "./fault.ts"
import type { Header } from "./header.ts"
import type { Receipt } from "./receipt.ts"
import type { Transaction } from "./transaction.ts"

/** EIP-4844: gas that a blob takes. */
const GAS_OF_BLOB = 131_072n
const BLOB_TYPE = 3

export interface Fees {
  /** To the block's producer: before London all there is. */
  readonly tip: bigint
  /** Destroyed since London. */
  readonly base: bigint
  /** Destroyed; null where what a blob's gas cost is not told. */
  readonly blob: bigint | null
}

/**
 * What a transaction paid. The price of its gas follows from the transaction and the header, and must be what its
 * receipt says, if it says so.
 *
 * @throws EthereumFault `fee does not match`
 */
export function feesOf(transaction: Transaction, receipt: Receipt, header: Header, path: string): Fees {
  const price = priceOf(transaction, receipt, header)
  if (price === null || (receipt.effectiveGasPrice !== null && receipt.effectiveGasPrice !== price)) {
    throw new EthereumFault("fee does not match", `${path}.effectiveGasPrice`)
  }
  const base = header.baseFeePerGas ?? 0n
  if (price < base || receipt.gasUsed > transaction.gas) throw new EthereumFault("fee does not match", path)
  const { gasUsed } = receipt
  return { tip: (price - base) * gasUsed, base: base * gasUsed, blob: blobFee(transaction, receipt, path) }
}

function priceOf(
  { type, gasPrice, maxFeePerGas, maxPriorityFeePerGas }: Transaction,
  { effectiveGasPrice }: Receipt,
  { baseFeePerGas }: Header,
): bigint | null {
  if (type < 2) return gasPrice
  if (baseFeePerGas === null || maxFeePerGas === null || maxPriorityFeePerGas === null) {
    return effectiveGasPrice ?? gasPrice
  }
  const offered = baseFeePerGas + maxPriorityFeePerGas
  return offered < maxFeePerGas ? offered : maxFeePerGas
}

function blobFee(transaction: Transaction, receipt: Receipt, path: string): bigint | null {
  const hashes = transaction.blobVersionedHashes
  if (transaction.type !== BLOB_TYPE && (hashes === null || hashes.length === 0)) return 0n
  const gas = hashes === null ? receipt.blobGasUsed : GAS_OF_BLOB * BigInt(hashes.length)
  if (receipt.blobGasUsed !== null && receipt.blobGasUsed !== gas) {
    throw new EthereumFault("fee does not match", `${path}.blobGasUsed`)
  }
  return gas === null || receipt.blobGasPrice === null ? null : gas * receipt.blobGasPrice
}
