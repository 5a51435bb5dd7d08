import { type MergeForest, type MergeLink, mergeChain, NONE } from "./merge-forest.ts"

/**
 * Which owners are together, and by which transactions: 16 bytes an owner. Trees are joined smaller to larger; the
 * merge forest is turned to a new first owner on the smaller side only, so that n joins take about n log n steps
 * (Nieuwenhuis and Oliveras, "Proof-producing congruence closure", 2005).
 */
export class UnionFind implements MergeForest {
  readonly parents: Uint32Array
  /** Owners in the cluster, at its root; what stands elsewhere is old. */
  readonly sizes: Uint32Array
  readonly toward: Uint32Array
  readonly by: Uint32Array

  constructor(owners: number) {
    this.parents = Uint32Array.from({ length: owners }, (_, owner) => owner)
    this.sizes = new Uint32Array(owners).fill(1)
    this.toward = new Uint32Array(owners).fill(NONE)
    this.by = new Uint32Array(owners).fill(NONE)
  }

  /** The owner that stands for the cluster until it next grows. */
  rootOf(owner: number): number {
    const { parents } = this
    let at = owner
    let parent = parents[at] as number
    while (parent !== at) {
      const grandparent = parents[parent] as number
      parents[at] = grandparent
      at = grandparent
      parent = parents[at] as number
    }
    return at
  }

  sizeOf(owner: number): number {
    return this.sizes[this.rootOf(owner)] as number
  }

  /** Joins two owners by a transaction; false where they were together before. */
  join(a: number, b: number, tx: number): boolean {
    const [rootA, rootB] = [this.rootOf(a), this.rootOf(b)]
    if (rootA === rootB) return false
    const aIsSmaller = (this.sizes[rootA] as number) < (this.sizes[rootB] as number)
    const [small, large] = aIsSmaller ? [rootA, rootB] : [rootB, rootA]
    this.parents[small] = large
    this.sizes[large] = (this.sizes[large] as number) + (this.sizes[small] as number)
    if (aIsSmaller) this.#link(a, b, tx)
    else this.#link(b, a, tx)
    return true
  }

  /** Why two owners are together, see `mergeChain`. */
  explain(a: number, b: number): MergeLink[] | null {
    return mergeChain(this, a, b)
  }

  /** Turns the forest of `from` round, so that it hangs by `from`, and hangs it on `to`. */
  #link(from: number, to: number, tx: number): void {
    const { toward, by } = this
    let [at, next, because] = [from, to, tx]
    while (at !== NONE) {
      const [oldNext, oldBecause] = [toward[at] as number, by[at] as number]
      toward[at] = next
      by[at] = because
      next = at
      because = oldBecause
      at = oldNext
    }
  }
}
