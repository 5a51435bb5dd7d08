import { sha256 } from "@noble/hashes/sha2.js"
import { createBase58check } from "@scure/base"
import type { Problem } from "../../units/problem.ts"
import { type AddressFault, badAddress, LONGEST_ADDRESS } from "../address-fault.ts"
import type { BitcoinNetwork } from "./network.ts"
import { witnessFault } from "./witness.ts"

const base58check = createBase58check(sha256)

const PRINTABLE_ASCII = /^[!-~]+$/
const BASE58 = /^[1-9A-HJ-NP-Za-km-z]+$/
const BECH32_OF_ANY_NETWORK = /^[a-z]{2,5}1[02-9ac-hj-np-z]{8,}$/i
/** Of Ethereum and the chains with its addresses. */
const HEXADECIMAL = /^0x[0-9a-f]{40}$/i
/** A bare public key, a bare multisignature, any other script, Litecoin's extension block: see `owner.ts`. */
const OWN_FORM =
  /^(?:p2pk:(?:0[23][0-9a-f]{64}|0[467][0-9a-f]{128})|multisig:\d{1,2}-of-\d{1,2}:[0-9a-f]{64}|script:[0-9a-f]{64}|mweb:pool)$/
/** The longest writing of 25 bytes: 58^35 > 256^25. */
const LONGEST_BASE58 = 35
const VERSION_AND_HASH = 21

/**
 * Checks an address of a chain of Bitcoin's family and gives its canonical form: bech32 in lower case, base58 as it
 * is, but an old pay-to-script-hash address of Litecoin in the form that its node writes (one script, one address).
 *
 * The forms of `owner.ts` for scripts that have no address stand for owners too, and are taken as they are: nothing in
 * them can be checked but their form.
 *
 * @throws Problem `address-checksum`
 */
export function checkBitcoinAddress(text: string, network: BitcoinNetwork, chain: string): string {
  const refuse = (reason: AddressFault) => badAddress(text, chain, reason)
  if (OWN_FORM.test(text)) return text
  if (text === "" || text.length > LONGEST_ADDRESS) throw refuse("wrong length")
  // Before any change of case: toLowerCase would turn the Kelvin sign into "k".
  if (!PRINTABLE_ASCII.test(text)) throw refuse("unexpected character")
  const lower = text.toLowerCase()
  if (lower.startsWith(`${network.hrp}1`)) {
    if (text !== lower && text !== text.toUpperCase()) throw refuse("upper and lower case mixed")
    const fault = witnessFault(lower, network.hrp)
    if (fault !== null) throw refuse(fault)
    return lower
  }
  return checkBase58(text, network, fault =>
    refuse(BECH32_OF_ANY_NETWORK.test(text) || HEXADECIMAL.test(text) ? "not of this network" : fault),
  )
}

function checkBase58(
  text: string,
  network: BitcoinNetwork,
  refuse: (reason: AddressFault) => Problem,
): string {
  if (!BASE58.test(text)) throw refuse("unexpected character")
  if (text.length > LONGEST_BASE58) throw refuse("wrong length")
  const payload = decodeBase58check(text)
  if (payload === null) throw refuse("checksum does not match")
  if (payload.length !== VERSION_AND_HASH) throw refuse("wrong length")
  const version = payload[0]
  if (version === network.p2pkh || version === network.p2sh) return text
  if (version !== network.oldP2sh) throw refuse("not of this network")
  return base58check.encode(Uint8Array.of(network.p2sh, ...payload.subarray(1)))
}

/** Null where the checksum does not match. */
function decodeBase58check(text: string): Uint8Array | null {
  try {
    return base58check.decode(text)
  } catch {
    return null
  }
}
