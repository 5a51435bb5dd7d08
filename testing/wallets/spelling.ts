import { createHash } from "node:crypto"
import { base58, bech32 } from "@scure/base"
import { ownersOn } from "../../src/chains/bitcoin/owner.ts"
import type { Address } from "./coin.ts"

const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest()
const spell = ownersOn("mainnet", sha256)

/** What stands around the hash in the script of each kind. */
const SCRIPTS: ReadonlyMap<string, readonly [before: string, bytes: number, behind: string]> = new Map([
  ["p2pkh", ["76a914", 20, "88ac"]],
  ["p2sh", ["a914", 20, "87"]],
  ["p2wpkh", ["0014", 20, ""]],
  ["p2wsh", ["0020", 32, ""]],
  ["p2tr", ["5120", 32, ""]],
])

/** Kinds whose first characters somebody may have chosen. */
export type WordKind = "p2pkh" | "p2wpkh"

/** How Bitcoin writes an address of this kind: the checksum is true, and the hash is of no key. */
export function spelled(kind: string, hash: Uint8Array): string {
  const [before, bytes, behind] = SCRIPTS.get(kind) ?? ["", 0, ""]
  const script = Buffer.concat([
    Buffer.from(before, "hex"),
    hash.subarray(0, bytes),
    Buffer.from(behind, "hex"),
  ])
  const text = spell(script)
  if (bytes === 0 || text === null) throw new Error(`${kind} has no address`)
  return text
}

/** The address of a staged world, the same for the same world and name. */
export function spellingOf(seed: number, { name, kind }: Address): string {
  return spelled(kind, sha256(Buffer.from(`${seed} ${name}`)))
}

/**
 * One whose first characters behind the prefix are a word, as sellers like to have: the hash is chosen for it, so that
 * the checksum is true and the last characters are nobody's choice.
 */
export function beginningWith(word: string, kind: WordKind, seed: string): string {
  const random = sha256(Buffer.from(seed))
  if (kind === "p2wpkh") {
    const words = [...bech32.toWords(random.subarray(0, 20))]
    for (const [at, letter] of [...word].entries()) words[at] = BECH32_LETTERS.indexOf(letter)
    return spelled(kind, bech32.fromWords(words))
  }
  // 33 characters: behind "1" and in 34 of them an "S" would be more than 25 bytes can hold.
  const rest = base58.encode(random).slice(-(32 - word.length))
  const decoded = base58.decode(`1${word}${rest}`)
  return spelled(kind, decoded.subarray(1, 21))
}

export const BECH32_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
export const BASE58_LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
