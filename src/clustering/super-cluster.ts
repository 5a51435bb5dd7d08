import type { UnionFind } from "./union-find.ts"

/**
 * When one transaction is not enough to join two clusters. One false merge of two large ones makes a cluster of half
 * the chain (Harrigan and Fretter 2016 and Meiklejohn and others 2013 both met one).
 */
export interface MergeGuard {
  /** Two clusters that both have more owners than this are not joined by one transaction. */
  readonly size: number
  /** Whom a label names as the owner, null where none does. Clusters of two different actors are not joined. */
  readonly actorOf: (owner: number) => string | null
  /**
   * Where all that co-spending joins has at most so many transactions that alone hold two parts of more than `size`
   * together, they are held back, whenever they came; with more of them it is loosely knit all over, and none is
   * suspected. Left out, or 0: not looked for.
   */
  readonly soleLinks?: number
}

export const DEFAULT_GUARD: MergeGuard = { size: 10_000, actorOf: () => null, soleLinks: 8 }

/** A transaction held back as a suspected false merge: none of its owners were joined by it. */
export interface Bridge {
  readonly tx: number
  /** One owner from each of the two clusters that it would have joined. */
  readonly owners: readonly [number, number]
  readonly reason: "both-large" | "different-actors"
  /** How many owners each of the two had at that time; of a sole link, how many only it holds together. */
  readonly sizes: readonly [number, number]
  /** Both null unless that is the reason. */
  readonly actors: readonly [string | null, string | null]
}

/**
 * Clusters that grow transaction by transaction. Whether one is held back depends on what came before it, so there is
 * one order, that of the chain: the same transactions in that order give the same clusters, whoever asks. A transaction
 * held back stays out, also where its two clusters come together later by others that the guard lets pass.
 */
export class GuardedClusters {
  readonly #clusters: UnionFind
  readonly #guard: MergeGuard
  /** The actor of each cluster of two or more owners, by its root. */
  readonly #actors = new Map<number, string>()

  constructor(clusters: UnionFind, guard: MergeGuard) {
    this.#clusters = clusters
    this.#guard = guard
  }

  /** Joins the first `count` of these owners, which may repeat; or says why not. */
  joinAll(owners: ArrayLike<number>, count: number, tx: number): Bridge | null {
    const first = owners[0]
    if (first === undefined || this.#areTogether(owners, count)) return null
    const bridge = this.#bridgeIn(owners, count, tx)
    if (bridge !== null) return bridge
    for (let n = 1; n < count; n++) this.#join(first, owners[n] as number, tx)
    return null
  }

  #areTogether(owners: ArrayLike<number>, count: number): boolean {
    const root = this.#clusters.rootOf(owners[0] as number)
    for (let n = 1; n < count; n++) if (this.#clusters.rootOf(owners[n] as number) !== root) return false
    return true
  }

  #actorOf(owner: number, root: number): string | null {
    if (this.#clusters.sizes[root] === 1) return this.#guard.actorOf(owner)
    return this.#actors.get(root) ?? null
  }

  #join(a: number, b: number, tx: number): void {
    const [rootA, rootB] = [this.#clusters.rootOf(a), this.#clusters.rootOf(b)]
    if (rootA === rootB) return
    const actor = this.#actorOf(a, rootA) ?? this.#actorOf(b, rootB)
    this.#clusters.join(a, b, tx)
    if (actor === null) return
    this.#actors.delete(rootA)
    this.#actors.delete(rootB)
    this.#actors.set(this.#clusters.rootOf(a), actor)
  }

  #bridgeIn(owners: ArrayLike<number>, count: number, tx: number): Bridge | null {
    let [large, largeRoot, named, namedRoot] = [-1, -1, -1, -1]
    let namedActor: string | null = null
    for (let n = 0; n < count; n++) {
      const owner = owners[n] as number
      const root = this.#clusters.rootOf(owner)
      if ((this.#clusters.sizes[root] as number) > this.#guard.size && root !== largeRoot) {
        if (large !== -1) return this.#bridge(tx, large, owner, "both-large")
        large = owner
        largeRoot = root
      }
      if (root === namedRoot) continue
      const actor = this.#actorOf(owner, root)
      if (actor === null) continue
      if (named !== -1) {
        if (actor !== namedActor) return this.#bridge(tx, named, owner, "different-actors")
        continue
      }
      named = owner
      namedRoot = root
      namedActor = actor
    }
    return null
  }

  #bridge(tx: number, a: number, b: number, reason: Bridge["reason"]): Bridge {
    const clusters = this.#clusters
    const actor = (owner: number) =>
      reason === "different-actors" ? this.#actorOf(owner, clusters.rootOf(owner)) : null
    return {
      tx,
      owners: [a, b],
      reason,
      sizes: [clusters.sizeOf(a), clusters.sizeOf(b)],
      actors: [actor(a), actor(b)],
    }
  }
}
