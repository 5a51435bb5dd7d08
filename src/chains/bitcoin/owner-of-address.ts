import { sha256 } from "@noble/hashes/sha2.js"
import { bech32, bech32m, createBase58check, hex } from "@scure/base"
import { MWEB_OWNER } from "./mweb.ts"
import { NETWORKS } from "./network.ts"
import { OWNER_KEY_LENGTH, OWNER_KINDS, type OwnerKind } from "./owner-key.ts"

const base58check = createBase58check(sha256)
const HASH160 = 20

/** An owner as a ledger keeps it: the place of its kind in `OWNER_KINDS`, and 32 bytes. */
export interface OwnerKey {
  readonly kind: number
  readonly key: Uint8Array
}

/**
 * The owner that an address, or the form that stands for one, names: what `ownerNamesOn` undoes.
 *
 * @param address in canonical form, as `checkBitcoinAddress` gives it
 */
export function ownerOfAddress(address: string, network: keyof typeof NETWORKS): OwnerKey {
  if (address === MWEB_OWNER) return owner("mweb", new Uint8Array(0))
  if (address.startsWith("script:")) return owner("script", hex.decode(address.slice("script:".length)))
  if (address.includes(":")) return named(address)
  const { hrp, p2pkh } = NETWORKS[network]
  if (address.startsWith(`${hrp}1`)) return ofWitness(address)
  const payload = base58check.decode(address)
  return owner(payload[0] === p2pkh ? "p2pkh" : "p2sh", payload.subarray(1))
}

function ofWitness(address: string): OwnerKey {
  const isFirst = address[address.lastIndexOf("1") + 1] === "q"
  const { words } = (isFirst ? bech32 : bech32m).decode(address as `${string}1${string}`)
  const program = bech32.fromWords(words.slice(1))
  const version = words[0]
  if (version === 0) return owner(program.length === HASH160 ? "p2wpkh" : "p2wsh", program)
  return version === 1 && program.length === OWNER_KEY_LENGTH ? owner("p2tr", program) : named(address)
}

function named(name: string): OwnerKey {
  return owner("named", sha256(new TextEncoder().encode(name)))
}

function owner(kind: OwnerKind, bytes: Uint8Array): OwnerKey {
  const key = new Uint8Array(OWNER_KEY_LENGTH)
  key.set(bytes)
  return { kind: OWNER_KINDS.indexOf(kind), key }
}
