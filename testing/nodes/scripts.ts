import { createECDH, createHash } from "node:crypto"
import { ripemd160 } from "@noble/hashes/legacy.js"
import { createBase58check } from "@scure/base"

/** Scripts in hexadecimal, made from their definitions and not by the program's own code. */

export const sha256 = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest()
const hash160 = (bytes: Uint8Array): string => Buffer.from(ripemd160(sha256(bytes))).toString("hex")
const bytesOf = (hex: string): Buffer => Buffer.from(hex, "hex")
const push = (hex: string): string => (hex.length / 2).toString(16).padStart(2, "0") + hex

export interface Key {
  /** As nodes import it. */
  readonly wif: string
  readonly publicKey: string
}

const REGTEST_WIF = 0xef
const COMPRESSED = 1

/** The same key for the same name, always: the chain made with it can be made again. */
export function keyOf(name: string): Key {
  const secret = sha256(Buffer.from(`ashiato staged theft: ${name}`))
  const curve = createECDH("secp256k1")
  curve.setPrivateKey(secret)
  const base58check = createBase58check(sha256)
  return {
    wif: base58check.encode(Uint8Array.of(REGTEST_WIF, ...secret, COMPRESSED)),
    publicKey: curve.getPublicKey("hex", "compressed"),
  }
}

export const payToKeyHash = ({ publicKey }: Key): string => `76a914${hash160(bytesOf(publicKey))}88ac`
export const payToScriptHash = (redeem: string): string => `a914${hash160(bytesOf(redeem))}87`
export const payToWitnessKeyHash = ({ publicKey }: Key): string => `0014${hash160(bytesOf(publicKey))}`
export const payToWitnessScriptHash = (witness: string): string =>
  `0020${sha256(bytesOf(witness)).toString("hex")}`
export const payToKey = ({ publicKey }: Key): string => `${push(publicKey)}ac`
/** Any 32 bytes do for a payment that is never spent. */
export const payToTaproot = ({ publicKey }: Key): string => `5120${publicKey.slice(2)}`
export const oneOf = (keys: readonly Key[]): string =>
  `51${keys.map(({ publicKey }) => push(publicKey)).join("")}${(0x50 + keys.length).toString(16)}ae`
export const note = (text: string): string => `6a${push(Buffer.from(text).toString("hex"))}`
