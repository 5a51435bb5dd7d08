import { sha256 as pureSha256 } from "@noble/hashes/sha2.js"
import { hex } from "@scure/base"
import type { Hash } from "./hash.ts"
import { isMwebProgram, MWEB_OWNER } from "./mweb.ts"
import type { NETWORKS } from "./network.ts"
import { ownersOn } from "./owner.ts"
import { templateOf } from "./script.ts"

/**
 * Owners as a ledger keeps them: a kind and 32 bytes, ten times as fast to make as an address, and made into one only
 * where it is shown. Hashes of 20 bytes are followed by zeros. A kind's number is its place here; it is stored, so
 * places are never changed.
 *
 * - `burned`: nobody can spend it; the key is zero.
 * - `script`: the SHA-256 of the script.
 * - `mweb`: Litecoin's extension block; the key is zero.
 * - `named`: the SHA-256 of the owner's name (bare keys, bare multisignature, witness programs of the future), which
 *   is kept beside it.
 */
export const OWNER_KINDS = [
  "burned",
  "p2pkh",
  "p2sh",
  "p2wpkh",
  "p2wsh",
  "p2tr",
  "script",
  "mweb",
  "named",
] as const
export type OwnerKind = (typeof OWNER_KINDS)[number]

export const OWNER_KEY_LENGTH = 32
const [BURNED, P2PKH, P2SH, P2WPKH, P2WSH, P2TR, SCRIPT, MWEB, NAMED] = OWNER_KINDS.keys()

/** An owner's kind, by its number; what was read of its key, to be written as 32 bytes; its name where it is kept. */
export interface OwnerKey {
  readonly kind: number
  readonly key: Uint8Array
  readonly name: string | null
}

const NO_KEY = new Uint8Array(OWNER_KEY_LENGTH)
const KEYLESS_BURNED: OwnerKey = { kind: BURNED as number, key: NO_KEY, name: null }
const KEYLESS_MWEB: OwnerKey = { kind: MWEB as number, key: NO_KEY, name: null }

/** The owner of an output by its script. */
export function ownerKeysOn(
  network: keyof typeof NETWORKS,
  mweb: boolean,
  sha256: Hash,
): (script: Uint8Array) => OwnerKey {
  const ownerOf = ownersOn(network, sha256)
  const utf8 = new TextEncoder()
  const named = (script: Uint8Array): OwnerKey => {
    const name = ownerOf(script) as string
    return { kind: NAMED as number, key: sha256(utf8.encode(name)), name }
  }
  const bare = (kind: number | undefined, key: Uint8Array): OwnerKey => ({
    kind: kind as number,
    key,
    name: null,
  })
  return script => {
    const template = templateOf(script)
    switch (template.kind) {
      case "p2pkh":
        return bare(P2PKH, template.hash)
      case "p2sh":
        return bare(P2SH, template.hash)
      case "witness": {
        const { version, program } = template
        if (version === 0) return bare(program.length === 20 ? P2WPKH : P2WSH, program)
        if (version === 1 && program.length === OWNER_KEY_LENGTH) return bare(P2TR, program)
        return mweb && isMwebProgram(version, program) ? KEYLESS_MWEB : named(script)
      }
      case "p2pk":
      case "multisig":
        return named(script)
      case "other":
        return bare(SCRIPT, sha256(script))
      case "unspendable":
        return KEYLESS_BURNED
    }
  }
}

/**
 * The name of an owner from what a ledger keeps; null where its value is burned. Two owners have one name only if
 * they are one.
 *
 * @param nameOf the kept name of a `named` owner, by its key
 */
export function ownerNamesOn(
  network: keyof typeof NETWORKS,
  nameOf: (key: Uint8Array) => string,
): (kind: number, key: Uint8Array) => string | null {
  const ownerOf = ownersOn(network, pureSha256)
  const hash160 = (key: Uint8Array) => key.subarray(0, 20)
  return (kind, key) => {
    switch (kind) {
      case BURNED:
        return null
      case P2PKH:
        return ownerOf(Uint8Array.of(0x76, 0xa9, 20, ...hash160(key), 0x88, 0xac))
      case P2SH:
        return ownerOf(Uint8Array.of(0xa9, 20, ...hash160(key), 0x87))
      case P2WPKH:
        return ownerOf(Uint8Array.of(0, 20, ...hash160(key)))
      case P2WSH:
        return ownerOf(Uint8Array.of(0, OWNER_KEY_LENGTH, ...key))
      case P2TR:
        return ownerOf(Uint8Array.of(0x51, OWNER_KEY_LENGTH, ...key))
      case SCRIPT:
        return `script:${hex.encode(key)}`
      case MWEB:
        return MWEB_OWNER
      case NAMED:
        return nameOf(key)
      default:
        throw new Error(`owner key: expected a kind from 0 to ${OWNER_KINDS.length - 1}, got ${kind}`)
    }
  }
}
