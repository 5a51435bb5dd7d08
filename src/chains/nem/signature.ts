import { hexToBytes } from "@noble/hashes/utils.js"
import { unsignedBytes } from "./binary.ts"
import type { Block } from "./block.ts"
import { unsignedBlockBytes } from "./block-binary.ts"
import type { Cosignature, Transaction } from "./transaction.ts"

/**
 * Ed25519 with Keccak-512 where the standard has SHA-512: NIS `Ed25519DsaSigner.verify`. Given from outside, so that
 * no curve is written here. False, not an error, for a key or a point that is none.
 */
export type VerifySignature = (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array) => boolean

/**
 * The places whose signature does not hold: the transaction's own, and each cosignature's. The inner transaction of a
 * multisig has none: the outer signature covers its bytes, and each cosignature its hash, which `checkConsistency` has
 * compared. Whether the cosigners were enough is the chain's to know, not the transaction's.
 */
export function unsoundSignatures(
  transaction: Transaction,
  verify: VerifySignature,
  path = "transaction",
): string[] {
  const unsound = isSigned(transaction, verify) ? [] : [path]
  if (transaction.kind !== "multisig") return unsound
  for (const [at, cosignature] of transaction.cosignatures.entries()) {
    if (!isSigned(cosignature, verify)) unsound.push(`${path}.signatures[${at}]`)
  }
  return unsound
}

/** Whether the harvester signed the block; its transactions' signatures are looked at one by one. */
export function isSignedBlock(block: Block, verify: VerifySignature): boolean {
  return holds(block.signature, unsignedBlockBytes(block), block.signer, verify)
}

function isSigned(transaction: Transaction | Cosignature, verify: VerifySignature): boolean {
  const { signature, signer } = transaction
  return signature !== null && holds(signature, unsignedBytes(transaction), signer, verify)
}

/** The order of Ed25519's base point (RFC 8032). */
const GROUP_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n

/** NIS refuses a key of zeros, and a scalar that is 0 or not reduced, before it looks at the curve. */
function holds(signature: string, message: Uint8Array, signer: string, verify: VerifySignature): boolean {
  const scalar = littleEndian(signature.slice(64))
  if (scalar === 0n || scalar >= GROUP_ORDER || /^0+$/.test(signer)) return false
  return verify(hexToBytes(signature), message, hexToBytes(signer))
}

function littleEndian(hex: string): bigint {
  return BigInt(`0x${(hex.match(/../g) ?? []).reverse().join("")}`)
}
