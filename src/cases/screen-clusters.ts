import type { OwnerGraph } from "../clustering/owner-graph.ts"
import type { LabelBook } from "../ports/label-book.ts"
import { getOrMake } from "../units/get-or-make.ts"
import { clusterOf, type LabelledCluster } from "./cluster-of.ts"
import {
  type ClusterWhy,
  type Exposure,
  exposureThrough,
  type Group,
  type Grouped,
} from "./screen-exposure.ts"
import type { ScreenedLedger } from "./screen-ledger.ts"
import type { Owners } from "./screen-owners.ts"

/** Less than `ashiato cluster` looks at: a batch asks for many. */
const LIMITS = { owners: 20_000, transactions: 20_000, outputs: 50_000 }
/** Outputs that are looked through for all owners of one reference; the owners beyond that are told as left out. */
const MOST_LOOKED = 100_000
/** Owners whose clusters are remembered. */
const MOST_KEPT = 200_000

/** The side of fewer owners first: who pays a thousand is not to be left out for them. */
function inOrder({ spent, received }: Owners): readonly string[] {
  const sides = [spent.addresses, received.addresses].sort((a, b) => a.length - b.length)
  return [...new Set(sides.flat())]
}

/** Clusters of the owners that are screened, each looked up once for all its members. */
export class ScreenClusters {
  readonly #graph: OwnerGraph
  readonly #ledger: ScreenedLedger
  readonly #book: LabelBook | null
  readonly #kept = new Map<number, LabelledCluster>()

  constructor(graph: OwnerGraph, ledger: ScreenedLedger, book: LabelBook | null) {
    this.#graph = graph
    this.#ledger = ledger
    this.#book = book
  }

  /** @param ownRows traced rows of the reference itself */
  exposureOf(owners: Owners, ownRows: readonly number[]): Exposure {
    const told = { graph: this.#graph, ledger: this.#ledger, ownRows: new Set(ownRows) }
    return exposureThrough(this.#groupsOf(inOrder(owners)), owners, told)
  }

  #groupsOf(addresses: readonly string[]): Grouped {
    if (this.#kept.size > MOST_KEPT) this.#kept.clear()
    const groups = new Map<LabelledCluster, Group>()
    const unknown = new Map<ClusterWhy, number>()
    let [looked, leftOut] = [0, 0]
    for (const address of addresses) {
      const owner = this.#graph.ownerOf(address)
      if (owner === null) {
        unknown.set("not-in-ledger", (unknown.get("not-in-ledger") ?? 0) + 1)
        continue
      }
      const kept = this.#kept.get(owner)
      const isGrouped = kept !== undefined && groups.has(kept)
      if (looked >= MOST_LOOKED && !isGrouped) {
        leftOut++
        continue
      }
      const labelled = kept ?? this.#look(owner)
      // What is remembered counts as if it were looked up now: an answer does not depend on those before it.
      if (!isGrouped) looked += labelled.cluster.looked
      const group = getOrMake(groups, labelled, () => ({
        labelled,
        owners: [],
        addresses: new Set<string>(),
      }))
      group.owners.push(owner)
      group.addresses.add(address)
    }
    return { groups: [...groups.values()], unknown, leftOut }
  }

  #look(owner: number): LabelledCluster {
    const book = this.#book === null ? null : { book: this.#book, chain: this.#ledger.chain?.name ?? null }
    const labelled = clusterOf(this.#graph, owner, book, LIMITS)
    // A cluster that was cut is too large for each of its members.
    for (const member of labelled.cluster.members) this.#kept.set(member, labelled)
    return labelled
  }
}
