import { keccak_256 } from "@noble/hashes/sha3.js"
import { badAddress } from "../address-fault.ts"

const CHAIN = "ethereum"
const ADDRESS_LENGTH = 42
const ADDRESS = /^0x[0-9a-fA-F]{40}$/

/**
 * Checks an Ethereum address and gives it in lower case. Nodes, exports and logs write lower case, and the capitals
 * of EIP-55 are a checksum, not a part of the address: two spellings of one account must not become two accounts.
 *
 * All lower or all upper case carries no checksum and is taken as it is: a mistake in it cannot be seen. Mixed case
 * must satisfy EIP-55.
 *
 * @throws Problem `address-checksum`
 */
export function checkEthereumAddress(text: string): string {
  if (text.length !== ADDRESS_LENGTH) throw badAddress(text, CHAIN, "wrong length")
  if (!ADDRESS.test(text)) throw badAddress(text, CHAIN, "unexpected character")
  const digits = text.slice(2)
  const lower = digits.toLowerCase()
  if (digits !== lower && digits !== digits.toUpperCase() && digits !== capitalised(lower)) {
    throw badAddress(text, CHAIN, "checksum does not match")
  }
  return `0x${lower}`
}

/**
 * An address as people are shown it, with the capitals of EIP-55.
 *
 * @throws Problem `address-checksum`
 */
export function checksummed(address: string): string {
  return `0x${capitalised(checkEthereumAddress(address).slice(2))}`
}

/** EIP-55: a letter is a capital where the same digit of the hash of the lower-case text is 8 or more. */
function capitalised(lower: string): string {
  const hash = keccak_256(new TextEncoder().encode(lower))
  return lower.replace(/[a-f]/g, (letter, at: number) => {
    const byte = hash[at >> 1] ?? 0
    const digit = at % 2 === 0 ? byte >> 4 : byte & 0x0f
    return digit >= 8 ? letter.toUpperCase() : letter
  })
}
