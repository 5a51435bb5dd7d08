import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js"
import { addressOfKey, MAINNET } from "../../src/chains/nem/account.ts"
import { nemCurve } from "../../src/readers/nis/nem-curve.ts"

export interface Key {
  readonly publicKey: string
  readonly address: string
  readonly sign: (message: Uint8Array) => string
}

/** A key of this network from its private key in hexadecimal: NEM reverses its bytes before the curve sees them. */
export function keyOf(privateKey: string, network = MAINNET): Key {
  const secret = hexToBytes(privateKey).reverse()
  const publicKey = bytesToHex(nemCurve.getPublicKey(secret))
  return {
    publicKey,
    address: addressOfKey(publicKey, network),
    sign: message => bytesToHex(nemCurve.sign(message, secret)),
  }
}

/** The key number `n` of a made-up network: the same number makes the same key. */
export const numberedKey = (n: number, network = MAINNET): Key =>
  keyOf(n.toString(16).padStart(64, "0"), network)
