import type { JoinGraph } from "./join-graph.ts"
import { soleLinks } from "./sole-links.ts"
import type { Bridge, MergeGuard } from "./super-cluster.ts"

/** The transactions that join one cluster: gathered one by one, in chain order. */
export class Joins {
  readonly #numberOf = new Map<number, number>()
  readonly #names: number[] = []
  readonly #txs: number[] = []
  readonly #first: number[] = [0]
  readonly #owners: number[] = []

  /** The first `count` of these owners, which may repeat. */
  add(tx: number, owners: ArrayLike<number>, count: number): void {
    const own = new Set<number>()
    for (let n = 0; n < count; n++) own.add(this.#number(owners[n] as number))
    this.#txs.push(tx)
    for (const owner of own) this.#owners.push(owner)
    this.#first.push(this.#owners.length)
  }

  /** Sole links that are to be held back, by transaction. */
  suspected({ size, soleLinks: most = 0 }: MergeGuard): ReadonlyMap<number, Bridge> {
    const ownerCount = this.#names.length
    if (most === 0 || ownerCount <= 2 * size) return new Map()
    const graph: JoinGraph = {
      ownerCount,
      first: Uint32Array.from(this.#first),
      owners: Uint32Array.from(this.#owners),
    }
    const links = soleLinks(graph, size)
    if (links.length > most) return new Map()
    const nameOf = (n: number) => this.#names[n] as number
    return new Map(
      links.map(({ at, owners: [a, b], sizes }): [number, Bridge] => {
        const tx = this.#txs[at] as number
        return [tx, { tx, owners: [nameOf(a), nameOf(b)], reason: "both-large", sizes, actors: [null, null] }]
      }),
    )
  }

  #number(owner: number): number {
    const known = this.#numberOf.get(owner)
    if (known !== undefined) return known
    const number = this.#names.length
    this.#numberOf.set(owner, number)
    this.#names.push(owner)
    return number
  }
}
