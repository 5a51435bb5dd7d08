import { ripemd160 } from "@noble/hashes/legacy.js"
import { keccak_256 } from "@noble/hashes/sha3.js"
import { concatBytes, hexToBytes } from "@noble/hashes/utils.js"
import { base32nopad } from "@scure/base"

export const MAINNET = 0x68

/** Forty letters of base32 hold 25 bytes: the network's, a key's 20-byte hash, four of checksum. */
export const ADDRESS_LENGTH = 40
const BODY = 21
const CHECKSUM = 4
const BASE32 = /^[A-Z2-7]{40}$/

/**
 * The address of an account, from its public key (32 bytes in hexadecimal). A key that has signed nothing yet has its
 * address all the same. NIS `Address.fromPublicKey`: Keccak as it was before it became SHA3.
 */
export function addressOfKey(publicKey: string, network: number): string {
  const hash = ripemd160(keccak_256(hexToBytes(publicKey)))
  const body = concatBytes(Uint8Array.of(network), hash)
  return base32nopad.encode(concatBytes(body, keccak_256(body).subarray(0, CHECKSUM)))
}

/**
 * The network byte of an address as nodes write it (capitals, no hyphens), or null where it is no address at all. What
 * a person types goes through `checkNemAddress` of `address.ts`.
 */
export function networkOfAddress(text: string): number | null {
  if (!BASE32.test(text)) return null
  const bytes = base32nopad.decode(text)
  const checksum = keccak_256(bytes.subarray(0, BODY))
  const matches = bytes.subarray(BODY).every((byte, at) => byte === checksum[at])
  return matches ? (bytes[0] ?? null) : null
}
