import {
  type Cluster,
  type ClusterLimits,
  clusterAround,
  DEFAULT_LIMITS,
} from "../clustering/cluster-around.ts"
import type { OwnerGraph } from "../clustering/owner-graph.ts"
import { DEFAULT_GUARD } from "../clustering/super-cluster.ts"
import type { Label, LabelBook } from "../ports/label-book.ts"
import { ClusterActors } from "./cluster-actors.ts"
import { labelsOn, withdrawnOn } from "./services-labelled.ts"

/** The labels that clusters are looked at with, and the chain whose they are; null for all. */
export interface ClusterBook {
  readonly book: LabelBook
  readonly chain: string | null
}

/** A label of another member; `cluster.explain` gives the transactions by which it reaches the one that is asked about. */
export interface MemberLabel {
  readonly label: Label
  readonly member: number
}

/** What labels say of one member of a cluster. All that is carried is inferred: no list says it of the member itself. */
export interface ClusterReach {
  readonly own: readonly Label[]
  /** Labels of other members. Empty where actors disagree, or where the cluster was cut. */
  readonly carried: readonly MemberLabel[]
  /** Labels of other members that are not carried, with the members: of one address alone by their list, or disputed. */
  readonly notCarried: readonly MemberLabel[]
  /** The different actors that labels of the cluster name. More than one: they disagree, and none is carried. */
  readonly actors: readonly string[]
}

/** A cluster and the labels of its members. */
export interface LabelledCluster {
  readonly cluster: Cluster
  /** The members that have labels, in rising order. */
  readonly labelled: ReadonlyMap<number, readonly Label[]>
  /** Labels of any owner, a member or not. */
  labelsOf(owner: number): readonly Label[]
  /** Members with labels that their lists have withdrawn. */
  withdrawn(): readonly MemberLabel[]
  /** @param owner a member */
  reach(owner: number): ClusterReach
}

/**
 * The cluster of an owner and what labels say of it. Labels hold clusters of different actors apart (`MergeGuard`). A
 * label is carried to other members unless its list says that it holds for its address alone.
 *
 * @param book null for no labels
 */
export function clusterOf(
  graph: OwnerGraph,
  owner: number,
  book: ClusterBook | null,
  limits: ClusterLimits = DEFAULT_LIMITS,
): LabelledCluster {
  const actors = new ClusterActors()
  const known = new Map<number, readonly Label[]>()
  const labelsOf = (one: number): readonly Label[] => {
    const before = known.get(one)
    if (before !== undefined) return before
    const address = book === null ? null : graph.addressOf(one)
    const labels = book === null || address === null ? NONE : labelsOn(book.book, address, book.chain)
    known.set(one, labels.length === 0 ? NONE : labels)
    return labels
  }
  const actorOf = (one: number): string | null => {
    const named = actors.namedBy(labelsOf(one).filter(isOfCluster))
    // An address that lists give to two actors is neither's: it holds nothing apart.
    return named.length === 1 ? (named[0] ?? null) : null
  }
  const cluster = clusterAround(graph, owner, { ...DEFAULT_GUARD, actorOf }, limits)
  const labelled = new Map(
    cluster.members.flatMap((member): [number, readonly Label[]][] => {
      const labels = labelsOf(member)
      return labels.length === 0 ? [] : [[member, labels]]
    }),
  )
  const withdrawn = lazily(() => cluster.members.flatMap(member => withdrawnOf(graph, member, book)))
  return { cluster, labelled, labelsOf, withdrawn, reach: one => reachOf(one, cluster, labelled, actors) }
}

function withdrawnOf(graph: OwnerGraph, member: number, book: ClusterBook | null): readonly MemberLabel[] {
  const address = book === null ? null : graph.addressOf(member)
  if (book === null || address === null) return []
  return withdrawnOn(book.book, address, book.chain).map(label => ({ label, member }))
}

/** Most who ask for a cluster do not ask for this: it costs a look-up for each member. */
function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

const NONE: readonly Label[] = []

/** Whether its list lets it be said of the addresses that spend with its own. */
function isOfCluster({ definesCluster }: Label): boolean {
  return definesCluster !== false
}

function reachOf(
  owner: number,
  cluster: Cluster,
  labelled: ReadonlyMap<number, readonly Label[]>,
  actors: ClusterActors,
): ClusterReach {
  const own = labelled.get(owner) ?? []
  const others = [...labelled].filter(([member]) => member !== owner)
  const ofCluster = others.flatMap(([, labels]) => labels.filter(isOfCluster))
  const named = actors.namedBy([...own, ...ofCluster])
  // Of a cluster that was cut, what would have kept two apart was perhaps not seen.
  const isCarried = named.length < 2 && cluster.cut === null
  const all = others.flatMap(([member, labels]) => labels.map((label): MemberLabel => ({ label, member })))
  const carried = all.filter(({ label }) => isCarried && isOfCluster(label))
  const notCarried = all.filter(({ label }) => !isCarried || !isOfCluster(label))
  return { own, carried, notCarried, actors: named }
}
