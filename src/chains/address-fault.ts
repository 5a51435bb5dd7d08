import { Problem } from "../units/problem.ts"

/**
 * What can be wrong with an address. A closed list, so that a catalogue of messages can put each of them into
 * another language.
 */
export type AddressFault =
  | "wrong length"
  | "unexpected character"
  | "upper and lower case mixed"
  | "checksum does not match"
  | "not of this network"
  | "wrong checksum form for its witness version"
  | "no such witness version"
  | "witness program of a wrong length"
  | "wrong padding"

/** Long enough for any address of any chain here; what is longer is not looked at. */
export const LONGEST_ADDRESS = 90

export function badAddress(address: string, chain: string, reason: AddressFault): Problem {
  const shown = address.length > LONGEST_ADDRESS ? `${address.slice(0, LONGEST_ADDRESS)}...` : address
  return new Problem("address-checksum", { address: shown, chain, reason })
}
