import { hex } from "@scure/base"
import { equalHashes } from "../../chains/bitcoin/merkle.ts"
import { sha256d } from "./raw.ts"

/** A transaction's place in its block, and the hashes beside its way up the merkle tree, as Electrum writes them. */
export interface Branch {
  readonly index: number
  readonly hashes: readonly string[]
}

/**
 * The merkle root that a transaction at this place leads to; null where it can stand at no such place: beyond the
 * tree's width, or a hash that was paired with itself, of which the right one is no transaction (CVE-2012-2459).
 */
export function rootOf(txid: string, { index, hashes }: Branch): Uint8Array | null {
  if (index >= 2 ** hashes.length) return null
  let node = inChainOrder(txid)
  let place = index
  for (const hash of hashes) {
    const beside = inChainOrder(hash)
    const isRight = place % 2 === 1
    if (isRight && equalHashes(node, beside)) return null
    node = sha256d(Buffer.concat(isRight ? [beside, node] : [node, beside]))
    place = Math.floor(place / 2)
  }
  return node
}

export function inChainOrder(hash: string): Uint8Array {
  return hex.decode(hash).reverse()
}
