import { keccak_256 } from "@noble/hashes/sha3.js"
import { base58xmr } from "@scure/base"
import { badAddress } from "../chains/address-fault.ts"

/** Characters of an address and of a subaddress, and of an address with a payment's number in it. */
const LENGTHS = [95, 106]
const BASE58 = /^[1-9A-HJ-NP-Za-km-z]+$/
/** Of the main network: address, with a payment's number, subaddress. */
const VERSIONS = [18, 19, 42]
const CHECKSUM_BYTES = 4

/** A payment's number as lists have it beside addresses, 32 bytes in hexadecimal digits: it has no checksum. */
export function isMoneroPayment(text: string): boolean {
  return /^[0-9a-f]{64}$/i.test(text)
}

/**
 * Checks an address of Monero: its length, and the last four bytes, the beginning of the Keccak hash of the others.
 *
 * @throws Problem `address-checksum`
 */
export function checkMoneroAddress(text: string): string {
  if (!BASE58.test(text)) throw badAddress(text, "monero", "unexpected character")
  if (!LENGTHS.includes(text.length)) throw badAddress(text, "monero", "wrong length")
  const bytes = decoded(text)
  const end = bytes.length - CHECKSUM_BYTES
  const sum = keccak_256(bytes.subarray(0, end))
  if (bytes.subarray(end).some((byte, n) => byte !== sum[n])) {
    throw badAddress(text, "monero", "checksum does not match")
  }
  if (!VERSIONS.includes(bytes[0] ?? -1)) throw badAddress(text, "monero", "not of this network")
  return text
}

function decoded(text: string): Uint8Array {
  try {
    return base58xmr.decode(text)
  } catch {
    // A block of characters that stands for more than its bytes can hold.
    throw badAddress(text, "monero", "checksum does not match")
  }
}
