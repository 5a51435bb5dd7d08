import type { JoinGraph } from "./join-graph.ts"

const NONE = 0xffffffff

/** One part that is left of a cluster without a transaction, and an owner of it who put an input into that. */
export interface Part {
  readonly owner: number
  readonly size: number
}

/**
 * The graph of owners and transactions walked in depth from owner 0. Owners are nodes 0 to `ownerCount - 1`, transactions
 * stand behind them. `low` is the earliest node that a node's subtree reaches past the one it hangs on.
 */
export class Tree {
  readonly #graph: JoinGraph
  readonly #parent: Uint32Array
  readonly #order: Uint32Array
  readonly #low: Uint32Array
  /** Owners in the subtree. */
  readonly #size: Uint32Array

  constructor(graph: JoinGraph) {
    this.#graph = graph
    const nodes = graph.ownerCount + graph.first.length - 1
    this.#parent = new Uint32Array(nodes).fill(NONE)
    this.#order = new Uint32Array(nodes).fill(NONE)
    this.#low = new Uint32Array(nodes)
    this.#size = new Uint32Array(nodes)
    this.#walk(nodes, transactionsOf(graph))
  }

  /** What the cluster falls into without a transaction: one part where something else holds it together. */
  partsWithout(at: number): Part[] {
    const { ownerCount, first, owners } = this.#graph
    const node = ownerCount + at
    const parts: Part[] = []
    let rest = ownerCount
    for (let n = first[at] as number; n < (first[at + 1] as number); n++) {
      const owner = owners[n] as number
      const hangsHere = this.#parent[owner] === node
      if (!hangsHere || (this.#low[owner] as number) < (this.#order[node] as number)) continue
      const size = this.#size[owner] as number
      parts.push({ owner, size })
      rest -= size
    }
    return [{ owner: this.#parent[node] as number, size: rest }, ...parts]
  }

  #walk(nodes: number, ofOwner: { readonly first: Uint32Array; readonly txs: Uint32Array }): void {
    const { ownerCount, first, owners } = this.#graph
    // Which neighbour of a node is next; no calls within calls, for a cluster may be a hundred thousand deep.
    const next = new Uint32Array(nodes)
    let count = 0
    const enter = (node: number, parent: number): void => {
      this.#parent[node] = parent
      this.#order[node] = count
      this.#low[node] = count
      this.#size[node] = node < ownerCount ? 1 : 0
      next[node] = node < ownerCount ? (ofOwner.first[node] as number) : (first[node - ownerCount] as number)
      count++
    }
    enter(0, NONE)
    for (let node = 0; node !== NONE; ) {
      const isOwner = node < ownerCount
      const place = next[node] as number
      const end = isOwner ? ofOwner.first[node + 1] : first[node - ownerCount + 1]
      if (place === end) {
        node = this.#leave(node)
        continue
      }
      next[node] = place + 1
      const other = isOwner ? ownerCount + (ofOwner.txs[place] as number) : (owners[place] as number)
      if (this.#order[other] === NONE) {
        enter(other, node)
        node = other
      } else if (other !== this.#parent[node]) {
        this.#low[node] = Math.min(this.#low[node] as number, this.#order[other] as number)
      }
    }
  }

  /** Back to the one it hangs on, which learns what the subtree reaches and holds. */
  #leave(node: number): number {
    const parent = this.#parent[node] as number
    if (parent === NONE) return NONE
    this.#low[parent] = Math.min(this.#low[parent] as number, this.#low[node] as number)
    this.#size[parent] = (this.#size[parent] as number) + (this.#size[node] as number)
    return parent
  }
}

/** The graph turned round: by owner, the transactions that it put inputs into. */
function transactionsOf({ ownerCount, first, owners }: JoinGraph): { first: Uint32Array; txs: Uint32Array } {
  const begins = new Uint32Array(ownerCount + 1)
  for (const owner of owners) begins[owner + 1] = (begins[owner + 1] as number) + 1
  for (let n = 0; n < ownerCount; n++) begins[n + 1] = (begins[n + 1] as number) + (begins[n] as number)
  const filled = begins.slice()
  const txs = new Uint32Array(owners.length)
  for (let tx = 0; tx + 1 < first.length; tx++) {
    for (let n = first[tx] as number; n < (first[tx + 1] as number); n++) {
      const owner = owners[n] as number
      const place = filled[owner] as number
      txs[place] = tx
      filled[owner] = place + 1
    }
  }
  return { first: begins, txs }
}
