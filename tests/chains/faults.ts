import type { AddressFault } from "../../src/chains/address-fault.ts"
import { Problem } from "../../src/units/problem.ts"

/** Why an address is refused, or null where it is accepted. */
export function faultOf(check: (text: string) => string, text: string): AddressFault | null {
  try {
    check(text)
    return null
  } catch (error) {
    if (error instanceof Problem && error.code === "address-checksum")
      return error.detail.reason as AddressFault
    throw error
  }
}

/** `text` with the character at `at` replaced by the one `by` places further on in the alphabet. */
export function changed(text: string, at: number, by: number, alphabet: string): string {
  const digit = alphabet.indexOf(text.charAt(at))
  const other = alphabet.charAt((digit + 1 + (by % (alphabet.length - 1))) % alphabet.length)
  return text.slice(0, at) + other + text.slice(at + 1)
}
