import { sha256 as pureSha256 } from "@noble/hashes/sha2.js"
import { hex } from "@scure/base"
import type { Hash } from "./hash.ts"
import { isMwebProgram, MWEB_OWNER } from "./mweb.ts"
import type { NETWORKS } from "./network.ts"
import { ownersOn } from "./owner.ts"
import { templateOf } from "./script.ts"
import type { WordColumns } from "./word-columns.ts"

/**
 * Owners as a ledger keeps them: a kind and 32 bytes, made into an address only where one is shown, since writing one
 * takes several times as long as decoding its output. Hashes of 20 bytes are followed by zeros. A kind's number is its
 * place here; it is stored, so places are never changed.
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
const HASH160 = 20
const [BURNED, P2PKH, P2SH, P2WPKH, P2WSH, P2TR, SCRIPT, MWEB, NAMED] = OWNER_KINDS.keys()

/** Writes an output's owner by its script, which lies somewhere in bytes; gives its name where that has to be kept. */
export type OwnerWriter = (bytes: Uint8Array, from: number, end: number, output: number) => string | null

/**
 * Writes owners into columns, one row for each output; keys are zero before. The five forms that almost every output
 * has are told by their bytes alone, without anything being made; whatever else there is, by its template.
 */
export function ownerWriter(
  network: keyof typeof NETWORKS,
  mweb: boolean,
  sha256: Hash,
  kinds: Uint8Array,
  keys: WordColumns,
): OwnerWriter {
  const ownerOf = ownersOn(network, sha256)
  const utf8 = new TextEncoder()
  const write = (
    output: number,
    kind: number | undefined,
    key: Uint8Array | null,
    from = 0,
    end?: number,
  ): null => {
    kinds[output] = kind as number
    if (key !== null) keys.set(output, key, from, end)
    return null
  }
  const writeNamed = (script: Uint8Array, output: number): string => {
    const name = ownerOf(script) as string
    write(output, NAMED, sha256(utf8.encode(name)))
    return name
  }
  const writeByTemplate = (script: Uint8Array, output: number): string | null => {
    const template = templateOf(script)
    switch (template.kind) {
      case "p2pkh":
        return write(output, P2PKH, template.hash)
      case "p2sh":
        return write(output, P2SH, template.hash)
      case "witness": {
        const { version, program } = template
        if (version === 0) return write(output, program.length === HASH160 ? P2WPKH : P2WSH, program)
        if (version === 1 && program.length === OWNER_KEY_LENGTH) return write(output, P2TR, program)
        return mweb && isMwebProgram(version, program)
          ? write(output, MWEB, null)
          : writeNamed(script, output)
      }
      case "p2pk":
      case "multisig":
        return writeNamed(script, output)
      case "other":
        return write(output, SCRIPT, sha256(script))
      case "unspendable":
        return write(output, BURNED, null)
    }
  }
  return (bytes, from, end, output) => {
    const [first, second] = [bytes[from], bytes[from + 1]]
    switch (end - from) {
      case 22:
        if (first === 0 && second === HASH160) return write(output, P2WPKH, bytes, from + 2, end)
        break
      case 23:
        if (first === 0xa9 && second === HASH160 && bytes[end - 1] === 0x87)
          return write(output, P2SH, bytes, from + 2, end - 1)
        break
      case 25:
        if (isPayToKeyHash(bytes, from)) return write(output, P2PKH, bytes, from + 3, end - 2)
        break
      case 34:
        if (second !== OWNER_KEY_LENGTH) break
        if (first === 0) return write(output, P2WSH, bytes, from + 2, end)
        if (first === 0x51) return write(output, P2TR, bytes, from + 2, end)
    }
    return writeByTemplate(bytes.subarray(from, end), output)
  }
}

function isPayToKeyHash(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at] === 0x76 &&
    bytes[at + 1] === 0xa9 &&
    bytes[at + 2] === HASH160 &&
    bytes[at + 23] === 0x88 &&
    bytes[at + 24] === 0xac
  )
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
