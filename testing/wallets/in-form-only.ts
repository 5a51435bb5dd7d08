import { checkBitcoinAddress } from "../../src/chains/bitcoin/address.ts"
import { NETWORKS } from "../../src/chains/bitcoin/network.ts"
import type { Dice } from "../generator/dice.ts"
import { BASE58_LETTERS, BECH32_LETTERS } from "./spelling.ts"

/** Behind the readable part and the version of a bech32 address, behind the first letter of a base58 one. */
export const prefixOf = (address: string): string => address.slice(0, address.startsWith("bc1") ? 4 : 1)

/**
 * A string that begins and ends like an address and is none: it has the form, its checksum does not hold, and nobody has
 * a key to it. What a poisoner would search for is written down instead.
 */
export function likeInForm(address: string, head: number, tail: number, dice: Dice): string {
  const prefix = prefixOf(address)
  const letters = prefix.startsWith("bc1") ? BECH32_LETTERS : BASE58_LETTERS
  const beginning = address.slice(0, prefix.length + head)
  const end = address.slice(address.length - tail)
  for (;;) {
    const length = address.length - beginning.length - end.length
    const middle = Array.from({ length }, () => letters[dice.int(0, letters.length - 1)])
    const text = `${beginning}${middle.join("")}${end}`
    if (!isAddress(text)) return text
  }
}

export function isAddress(text: string): boolean {
  try {
    checkBitcoinAddress(text, NETWORKS.mainnet, "bitcoin")
    return true
  } catch {
    return false
  }
}
