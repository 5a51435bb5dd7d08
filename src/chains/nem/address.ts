import { keccak_256 } from "@noble/hashes/sha3.js"
import { base32nopad } from "@scure/base"
import { badAddress, LONGEST_ADDRESS } from "../address-fault.ts"

const CHAIN = "nem"
const MAINNET = 0x68
const ADDRESS_LENGTH = 40
/** Network byte and a key's 20-byte hash; four bytes of checksum follow. */
const BODY = 21
const BASE32 = /^[A-Z2-7]+$/

/**
 * Checks a NEM (NIS1) mainnet address and gives it in capitals without hyphens, as nodes write it. Wallets show it
 * in groups of six with hyphens; nodes read either case.
 *
 * Keccak-256 as it was before it became SHA3-256: the two give different checksums.
 *
 * @throws Problem `address-checksum`
 */
export function checkNemAddress(text: string): string {
  if (text === "" || text.length > LONGEST_ADDRESS) throw badAddress(text, CHAIN, "wrong length")
  // ASCII alone is made upper case: toUpperCase would turn a dotless "ı" into "I", "ſ" into "S".
  const address = text.replaceAll("-", "").replace(/[a-z]/g, letter => letter.toUpperCase())
  if (!BASE32.test(address)) throw badAddress(text, CHAIN, "unexpected character")
  if (address.length !== ADDRESS_LENGTH) throw badAddress(text, CHAIN, "wrong length")
  const bytes = base32nopad.decode(address)
  const checksum = keccak_256(bytes.subarray(0, BODY))
  if (!bytes.subarray(BODY).every((byte, at) => byte === checksum[at])) {
    throw badAddress(text, CHAIN, "checksum does not match")
  }
  if (bytes[0] !== MAINNET) throw badAddress(text, CHAIN, "not of this network")
  return address
}
