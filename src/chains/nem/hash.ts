import { keccak_256 } from "@noble/hashes/sha3.js"
import { bytesToHex } from "@noble/hashes/utils.js"
import { unsignedBytes } from "./binary.ts"
import type { Cosignature, Transaction } from "./transaction.ts"

/**
 * A transaction's id: Keccak-256 of what its signer signs. Of a multisig, the outer transaction's id is what the chain
 * lists, and the hash of `inner` is what explorers and cosignatures name. A block's hash is in `block-binary.ts`.
 */
export function transactionHash(transaction: Transaction | Cosignature): string {
  return bytesToHex(keccak_256(unsignedBytes(transaction)))
}
