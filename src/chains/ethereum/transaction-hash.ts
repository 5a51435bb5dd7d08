import { secp256k1 } from "@noble/curves/secp256k1.js"
import { keccak_256 } from "@noble/hashes/sha3.js"
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js"
import type { Hex } from "viem"
import { envelope, hashOf, type RlpItem, rlp, scalar } from "./rlp.ts"
import type { Transaction } from "./transaction.ts"

/** The types we know how to write out: legacy, EIP-2930, EIP-1559, EIP-4844 and EIP-7702. */
const NEWEST_TYPE = 4
/** EIP-155 puts the chain into v: 35 + 2 * chain + parity. */
const FIRST_V_WITH_CHAIN = 35n

/**
 * The signed transaction as a block holds it, whose hash is its id; null for a type that we do not know, or where a
 * field is not there.
 */
export function encodeTransaction(transaction: Transaction): Hex | null {
  const payload = payloadOf(transaction)
  const { signature, type } = transaction
  if (payload === null || signature === null) return null
  return envelope(type, [...payload, scalar(signature.v), scalar(signature.r), scalar(signature.s)])
}

/** The account whose key signed the transaction; null where it cannot be told. */
export function signerOf(transaction: Transaction): Hex | null {
  const payload = payloadOf(transaction)
  const { signature, type } = transaction
  if (payload === null || signature === null) return null
  const { r, s, v } = signature
  const withChain = type === 0 && v >= FIRST_V_WITH_CHAIN
  const chain = (v - FIRST_V_WITH_CHAIN) / 2n
  const signed = envelope(type, withChain ? [...payload, scalar(chain), "0x", "0x"] : payload)
  const parity = type > 0 ? v : withChain ? (v - FIRST_V_WITH_CHAIN) % 2n : v - 27n
  if (parity !== 0n && parity !== 1n) return null
  try {
    const recoverable = new secp256k1.Signature(r, s, Number(parity))
    const key = recoverable.recoverPublicKey(keccak_256(hexToBytes(signed.slice(2)))).toBytes(false)
    return `0x${bytesToHex(keccak_256(key.subarray(1)).subarray(12))}`
  } catch {
    // Numbers that are no signature at all: nobody signed it.
    return null
  }
}

/** Where a contract comes to be that a transaction makes (Yellow Paper, 7). */
export function createdAddress(from: Hex, nonce: bigint): Hex {
  return `0x${hashOf(rlp([from, scalar(nonce)])).slice(-40)}`
}

function payloadOf(transaction: Transaction): RlpItem[] | null {
  const { type, gasPrice, chainId, nonce, gas, to, value, input } = transaction
  if (type > NEWEST_TYPE) return null
  const call: RlpItem[] = [scalar(gas), to ?? "0x", scalar(value), input]
  if (type === 0) return gasPrice === null ? null : [scalar(nonce), scalar(gasPrice), ...call]
  const { accessList, maxFeePerGas, maxPriorityFeePerGas } = transaction
  if (chainId === null || accessList === null) return null
  const access = accessList.map(({ address, storageKeys }): RlpItem => [address, [...storageKeys]])
  if (type === 1) {
    return gasPrice === null ? null : [scalar(chainId), scalar(nonce), scalar(gasPrice), ...call, access]
  }
  if (maxFeePerGas === null || maxPriorityFeePerGas === null) return null
  const fees = [scalar(maxPriorityFeePerGas), scalar(maxFeePerGas)]
  const dynamic: RlpItem[] = [scalar(chainId), scalar(nonce), ...fees, ...call, access]
  if (type === 2) return dynamic
  if (type === 3) {
    const { maxFeePerBlobGas, blobVersionedHashes } = transaction
    if (maxFeePerBlobGas === null || blobVersionedHashes === null) return null
    return [...dynamic, scalar(maxFeePerBlobGas), [...blobVersionedHashes]]
  }
  const { authorizationList } = transaction
  if (authorizationList === null) return null
  return [
    ...dynamic,
    authorizationList.map(one => [
      scalar(one.chainId),
      one.address,
      scalar(one.nonce),
      scalar(one.yParity),
      scalar(one.r),
      scalar(one.s),
    ]),
  ]
}
