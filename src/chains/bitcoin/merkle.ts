import { BlockFault } from "./block-fault.ts"
import type { Hash } from "./hash.ts"
import { MERKLE_ROOT_AT } from "./header.ts"

const HASH_LENGTH = 32

/**
 * The root of the tree over a block's txids, in their order. A level of odd length takes its last hash twice, so that
 * a list whose end is repeated has the same root (CVE-2012-2459). As Bitcoin Core does, two equal hashes that make a
 * pair are refused: no honest block has them.
 *
 * @throws BlockFault
 */
export function merkleRoot(txids: readonly Uint8Array[], sha256d: Hash): Uint8Array {
  const [only] = txids
  if (only === undefined) throw new BlockFault("block without transactions", MERKLE_ROOT_AT)
  let level = txids
  // A new pair each time would be as good as this one, but for the garbage.
  const pair = new Uint8Array(2 * HASH_LENGTH)
  while (level.length > 1) {
    const above: Uint8Array[] = []
    for (let at = 0; at < level.length; at += 2) {
      const left = level[at] ?? only
      const right = level[at + 1]
      if (right !== undefined && equalHashes(left, right)) {
        throw new BlockFault("hashes paired with themselves", MERKLE_ROOT_AT)
      }
      pair.set(left)
      pair.set(right ?? left, HASH_LENGTH)
      above.push(sha256d(pair))
    }
    level = above
  }
  return level[0] ?? only
}

export function equalHashes(a: Uint8Array, b: Uint8Array): boolean {
  for (let at = 0; at < HASH_LENGTH; at++) if (a[at] !== b[at]) return false
  return true
}
