import type { JoinGraph } from "./join-graph.ts"
import { Tree } from "./sole-link-tree.ts"

/** A transaction without which a cluster falls into two large parts, or more. */
export interface SoleLink {
  /** Its place among the transactions. */
  readonly at: number
  /** Of the two largest parts, an owner that put an input into it, the larger part's first. */
  readonly owners: readonly [number, number]
  readonly sizes: readonly [number, number]
}

/**
 * The transactions of a connected graph that alone hold two parts of more than `size` owners together, in chain order:
 * whenever they came. Each visited once (Tarjan 1972): as many steps as there are inputs.
 */
export function soleLinks(graph: JoinGraph, size: number): readonly SoleLink[] {
  if (graph.ownerCount <= 2 * size) return []
  const tree = new Tree(graph)
  const found: SoleLink[] = []
  for (let at = 0; at + 1 < graph.first.length; at++) {
    const parts = tree.partsWithout(at)
    const [one, two] = parts
      .filter(part => part.size > size)
      .sort((a, b) => b.size - a.size || a.owner - b.owner)
    if (one === undefined || two === undefined) continue
    found.push({ at, owners: [one.owner, two.owner], sizes: [one.size, two.size] })
  }
  return found
}
