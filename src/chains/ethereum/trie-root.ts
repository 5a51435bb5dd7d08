import type { Hex } from "viem"
import { hashOf, type RlpItem, rlp, scalar } from "./rlp.ts"

interface Entry {
  /** The key in half bytes, a hexadecimal digit each. */
  readonly key: string
  readonly value: Hex
}

/** The root of a trie that holds nothing: the hash of an empty string in RLP. */
export const EMPTY_ROOT = hashOf("0x80")

/**
 * The root of the Merkle-Patricia trie over a list, each item under the RLP of its index: how a block commits to its
 * transactions, receipts and withdrawals (Yellow Paper, appendix D). Only the root is made; no trie is kept.
 */
export function trieRoot(items: readonly Hex[]): Hex {
  if (items.length === 0) return EMPTY_ROOT
  const entries = items.map((value, index) => ({ key: rlp(scalar(index)).slice(2), value }))
  return hashOf(rlp(nodeOf(entries, 0)))
}

/** The node over entries whose keys agree in their first `depth` digits. */
function nodeOf(entries: readonly Entry[], depth: number): RlpItem {
  const [first, ...others] = entries
  if (first === undefined) return "0x"
  if (others.length === 0) return [compact(first.key.slice(depth), true), first.value]
  let shared = depth
  while (others.every(({ key }) => key.charAt(shared) === first.key.charAt(shared))) shared++
  if (shared > depth) return [compact(first.key.slice(depth, shared), false), childOf(entries, shared)]
  const children = Array.from({ length: 16 }, (_, digit) => {
    const own = entries.filter(({ key }) => Number.parseInt(key.charAt(depth), 16) === digit)
    return own.length === 0 ? "0x" : childOf(own, depth + 1)
  })
  // No RLP of an index is the beginning of another's, so no key ends at a branch.
  return [...children, "0x"]
}

/** A child stands in its parent as its hash, or as itself where its RLP is shorter than one. */
function childOf(entries: readonly Entry[], depth: number): RlpItem {
  const node = nodeOf(entries, depth)
  const encoded = rlp(node)
  return encoded.length < 2 + 2 * 32 ? node : hashOf(encoded)
}

/** Appendix C: a first digit tells a leaf from an extension, and odd from even. */
function compact(digits: string, leaf: boolean): Hex {
  const flag = leaf ? 2 : 0
  return digits.length % 2 === 0 ? `0x${flag}0${digits}` : `0x${flag + 1}${digits}`
}
