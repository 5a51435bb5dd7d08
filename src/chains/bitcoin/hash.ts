import { hex } from "@scure/base"

/**
 * A hash function, given by the caller: this floor is pure, and Node's own SHA-256 is several times as fast as one
 * in JavaScript. `sha256d` is SHA-256 of SHA-256.
 */
export type Hash = (bytes: Uint8Array) => Uint8Array

/** A txid or block hash as people and nodes write it: last byte first, a habit from Bitcoin's first client. */
export function displayed(hash: Uint8Array): string {
  return hex.encode(Uint8Array.from(hash).reverse())
}
