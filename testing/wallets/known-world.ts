import type { OwnedTransaction } from "../../src/clustering/owner-graph.ts"
import type { StagedTransaction } from "./coin.ts"
import { makeWorld, type World } from "./economy.ts"
import { MemoryGraph } from "./memory-graph.ts"

/** A staged world as clustering sees it, with the truth beside it. */
export interface KnownWorld {
  readonly world: World
  readonly graph: MemoryGraph
  /** Holder of each owner, null where nobody can spend. */
  readonly holders: readonly (number | null)[]
  /** In chain order: what is seen, and what it was made for. */
  readonly seen: readonly (readonly [OwnedTransaction, StagedTransaction])[]
}

export function knownWorld(seed: number): KnownWorld {
  const world = makeWorld(seed)
  const graph = new MemoryGraph(world.transactions)
  return {
    world,
    graph,
    holders: Array.from({ length: graph.ownerCount }, (_, owner) => graph.truth(owner).purse?.holder ?? null),
    seen: world.transactions.map((staged, tx) => [graph.transaction(tx), staged]),
  }
}

/** Those who put something in, each once. */
export const holdersOfInputs = ({ inputs }: StagedTransaction): ReadonlySet<number | null> =>
  new Set(inputs.map(({ address }) => address.purse?.holder ?? null))

/** Owners of inputs, each once. */
export const ownersOfInputs = ({ inputs }: OwnedTransaction): readonly number[] => [
  ...new Set(inputs.map(({ owner }) => owner)),
]
