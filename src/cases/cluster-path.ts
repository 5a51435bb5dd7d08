import type { MergeLink } from "../clustering/merge-forest.ts"
import type { OwnerGraph } from "../clustering/owner-graph.ts"

/** One step of a path: both addresses put inputs into the transaction. */
export interface PathLink {
  readonly from: string
  readonly txid: string
  readonly to: string
}

/** A chain of merges in addresses and transaction ids. */
export function pathIn(graph: OwnerGraph, links: readonly MergeLink[]): readonly PathLink[] {
  return links.map(({ from, tx, to }) => {
    return { from: nameIn(graph, from), txid: graph.txid(tx), to: nameIn(graph, to) }
  })
}

/** An owner's address; who has spent something has one. */
export function nameIn(graph: OwnerGraph, owner: number): string {
  return graph.addressOf(owner) ?? `owner ${owner}`
}
