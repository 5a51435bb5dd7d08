import { bech32, bech32m } from "@scure/base"
import type { AddressFault } from "../address-fault.ts"

const DATA = /^[02-9ac-hj-np-z]+$/
const CHECKSUM_LENGTH = 6
const LAST_VERSION = 16
const SHORTEST_PROGRAM = 2
const LONGEST_PROGRAM = 40
/** Version 0 knows two programs: a key's hash and a script's (BIP141). */
const V0_PROGRAMS = [20, 32]

/**
 * What is wrong with a segregated witness address in lower case, by BIP173 as amended by BIP350: version 0 in
 * bech32, versions 1 to 16 in bech32m. Null when nothing is.
 *
 * Both checksums find any change of up to four characters after the separator; and no change of up to three takes
 * an address of one kind to a valid one of the other.
 */
export function witnessFault(address: string, hrp: string): AddressFault | null {
  const data = address.slice(hrp.length + 1)
  if (!DATA.test(data)) return "unexpected character"
  if (data.length <= CHECKSUM_LENGTH) return "wrong length"
  const asBech32 = bech32.decodeUnsafe(address)
  const decoded = asBech32 ?? bech32m.decodeUnsafe(address)
  if (!decoded) return "checksum does not match"
  const [version, ...program] = decoded.words
  if (version === undefined || version > LAST_VERSION) return "no such witness version"
  if ((version === 0) !== (asBech32 !== undefined)) return "wrong checksum form for its witness version"
  // Refuses five or more bits of padding, and padding that is not zero.
  const bytes = bech32.fromWordsUnsafe(program)
  if (!bytes) return "wrong padding"
  const { length } = bytes
  if (length < SHORTEST_PROGRAM || length > LONGEST_PROGRAM) return "witness program of a wrong length"
  if (version === 0 && !V0_PROGRAMS.includes(length)) return "witness program of a wrong length"
  return null
}
