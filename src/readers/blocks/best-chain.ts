import { workOf } from "../../chains/bitcoin/proof-of-work.ts"
import type { HeaderIndex } from "./header-index.ts"

/** A branch whose first block's parent is not in the folder. */
export interface LooseBranch {
  /** How many blocks it has, from its first to its last. */
  readonly length: number
  readonly missing: Uint8Array
  /** Unix seconds of its last block. */
  readonly time: number
}

export interface Chains {
  /** By height: the number of the block in the index. Empty where the first block of all is not in the folder. */
  readonly best: Int32Array
  /** That with the most work; null where every block descends from the first. */
  readonly loose: LooseBranch | null
}

/** Depth of a block that has not been looked at. */
const UNKNOWN = -1

/**
 * The chain with the most work from the first block on; among equals, that whose last block stands first in the files,
 * as a node stays with what it saw first.
 */
export function bestChain(index: HeaderIndex, genesis: Uint8Array): Chains {
  const tree = growTree(index)
  const root = index.find(genesis)
  let best = UNKNOWN
  let loose = UNKNOWN
  for (let n = 0; n < index.count; n++) {
    const heaviest = tree.roots[n] === root ? best : loose
    if (heaviest !== UNKNOWN && workAt(tree, n) <= workAt(tree, heaviest)) continue
    if (tree.roots[n] === root) best = n
    else loose = n
  }
  return {
    best: best === UNKNOWN ? new Int32Array(0) : upTo(tree, best),
    loose: loose === UNKNOWN ? null : looseBranch(index, tree, loose),
  }
}

interface Tree {
  /** Number of the parent; -1 where it is not there. */
  readonly parents: Int32Array
  /** Number of the oldest ancestor that is there. */
  readonly roots: Int32Array
  /** Blocks between it and that ancestor. */
  readonly depths: Int32Array
  /** From that ancestor on, it included. */
  readonly work: readonly bigint[]
}

const workAt = ({ work }: Tree, n: number): bigint => work[n] ?? 0n

/** A parent may stand anywhere behind its child, so from each block the way is taken up to what is known. */
function growTree(index: HeaderIndex): Tree {
  const { count } = index
  const parents = Int32Array.from({ length: count }, (_, n) => index.find(index.previous(n)))
  const roots = new Int32Array(count)
  const depths = new Int32Array(count).fill(UNKNOWN)
  const work: bigint[] = new Array(count).fill(0n)
  const workByBits = new Map<number, bigint>()
  const ownWork = (n: number): bigint => {
    const bits = index.bits(n)
    const known = workByBits.get(bits)
    if (known !== undefined) return known
    const own = workOf(bits)
    // Difficulty changes every 2,016 blocks: a mainnet has some 450 values, a forger's folder any number.
    if (workByBits.size < 10_000) workByBits.set(bits, own)
    return own
  }
  const path: number[] = []
  for (let n = 0; n < count; n++) {
    let at = n
    while (at !== -1 && depths[at] === UNKNOWN) {
      path.push(at)
      at = parents[at] ?? -1
    }
    for (let child = path.pop(); child !== undefined; child = path.pop()) {
      const parent = parents[child] ?? -1
      roots[child] = parent === -1 ? child : (roots[parent] ?? child)
      depths[child] = parent === -1 ? 0 : (depths[parent] ?? 0) + 1
      work[child] = ownWork(child) + (parent === -1 ? 0n : (work[parent] ?? 0n))
    }
  }
  return { parents, roots, depths, work }
}

function upTo({ parents, depths }: Tree, tip: number): Int32Array {
  const chain = new Int32Array((depths[tip] ?? 0) + 1)
  let at = tip
  for (let height = chain.length - 1; height >= 0; height--) {
    chain[height] = at
    at = parents[at] ?? -1
  }
  return chain
}

function looseBranch(index: HeaderIndex, { roots, depths }: Tree, tip: number): LooseBranch {
  const missing = index.previous(roots[tip] ?? tip)
  return { length: (depths[tip] ?? 0) + 1, missing, time: index.time(tip) }
}
