import { CO_SPEND_DOUBTS } from "../clustering/co-spend.ts"
import type { OwnerGraph } from "../clustering/owner-graph.ts"
import type { ClusterItem, OwnersCluster, ReachedLabel } from "../contracts/screen.ts"
import type { ClusterReach, LabelledCluster, MemberLabel } from "./cluster-of.ts"
import { nameIn, pathIn } from "./cluster-path.ts"
import { heuristicsOf } from "./cluster-rates.ts"
import { heldBackOf } from "./screen-held-back.ts"
import { labelItem } from "./screen-labels.ts"
import type { ScreenedLedger } from "./screen-ledger.ts"
import type { Owners } from "./screen-owners.ts"
import { tracedItems } from "./screen-traced.ts"

/** Members whose traced value is looked up: of one cluster, and of all clusters of one reference. */
const MOST_TRACED = { each: 1000, all: 10_000 }

export type ClusterWhy =
  | "not-in-ledger"
  | "too-large"
  | "actors-disagree"
  | "ledger-absent"
  | "account-chain"
  | "not-looked-up"
  | "not-there"
  | "owners-unknown"

/** What comes through the clusters of the owners of one reference, and what of it is not known. */
export interface Exposure {
  /** Each cluster once. */
  readonly clusters: readonly OwnersCluster[]
  /** Owners of whose clusters nothing is said, by the reason; 0 where it holds for all. */
  readonly unknown: ReadonlyMap<ClusterWhy, number>
  /** Owners whose clusters were not looked up because those before them cost too much. */
  readonly leftOut: number
  /** Members of the clusters that are told, and of how many the traced value was looked up. */
  readonly members: number
  readonly tracedOf: number
}

/** Owners of one reference that are in one cluster. */
export interface Group {
  readonly labelled: LabelledCluster
  readonly owners: number[]
  readonly addresses: Set<string>
}

export interface Grouped {
  readonly groups: readonly Group[]
  readonly unknown: ReadonlyMap<ClusterWhy, number>
  readonly leftOut: number
}

/** Where clusters are told from, and what of their traced value is the reference's own and not told again. */
interface Told {
  readonly graph: OwnerGraph
  readonly ledger: ScreenedLedger
  readonly ownRows: ReadonlySet<number>
}

/**
 * What reaches owners through their clusters. Labels of the owners themselves are not among it, nor is the traced value
 * of the reference itself: both are told as their own.
 */
export function exposureThrough(grouped: Grouped, owners: Owners, told: Told): Exposure {
  const unknown = new Map(grouped.unknown)
  const clusters: OwnersCluster[] = []
  let [members, tracedOf] = [0, 0]
  for (const group of grouped.groups) {
    const { cluster } = group.labelled
    const reach = cluster.cut === null ? reachOf(group) : "too-large"
    if (reach === "too-large" || reach === "actors-disagree") {
      unknown.set(reach, (unknown.get(reach) ?? 0) + group.owners.length)
      continue
    }
    const traced = Math.min(cluster.members.length, MOST_TRACED.each, MOST_TRACED.all - tracedOf)
    members += cluster.members.length
    tracedOf += traced
    clusters.push({ ...itemOf(group, reach, traced, told), ...sidesOf(group, owners) })
  }
  return { clusters, unknown, leftOut: grouped.leftOut, members, tracedOf }
}

interface Reach {
  readonly from: number
  readonly carried: readonly MemberLabel[]
  readonly notCarried: readonly MemberLabel[]
}

/** The labels that reach any of a cluster's owners; those of the owners themselves are told as their own. */
function reachOf({ labelled, owners }: Group): Reach | "actors-disagree" {
  const own = new Set(owners)
  for (const from of owners) {
    const { actors, carried, notCarried }: ClusterReach = labelled.reach(from)
    const ofOthers = (list: readonly MemberLabel[]) => list.filter(({ member }) => !own.has(member))
    if (actors.length < 2) return { from, carried: ofOthers(carried), notCarried: ofOthers(notCarried) }
  }
  return "actors-disagree"
}

function itemOf(
  { labelled, owners }: Group,
  { from, carried, notCarried }: Reach,
  most: number,
  told: Told,
): ClusterItem {
  const { graph } = told
  const { cluster } = labelled
  const { members } = cluster
  const reached = (list: readonly MemberLabel[]): readonly ReachedLabel[] => {
    return eachOnce(list).map(({ label, member }) => {
      const via = pathIn(graph, cluster.explain(from, member) ?? []).flatMap(({ txid, to }) => [txid, to])
      return { ...labelItem(label), via: [nameIn(graph, from), ...via] }
    })
  }
  return {
    representative: nameIn(graph, members[0] ?? from),
    addresses: members.length,
    labels: reached(carried),
    notCarried: reached(notCarried),
    withdrawn: reached(labelled.withdrawn().filter(({ member }) => !owners.includes(member))),
    ...heldBackOf(graph, labelled),
    traced: tracedOf(members.slice(0, most), told),
    grade: "inferred",
    cannotRuleOut: members.length > 1 ? CO_SPEND_DOUBTS : [],
    heuristics: heuristicsOf(cluster),
  }
}

function tracedOf(members: readonly number[], { graph, ledger, ownRows }: Told): ClusterItem["traced"] {
  const { set, folder } = ledger
  if (set === null) return []
  const rows = members
    .flatMap(member => [...set.rowsOfAddress(nameIn(graph, member))])
    .filter(row => !ownRows.has(row))
  return tracedItems(set, rows, { kind: "ledger", name: folder }, true)
}

function sidesOf(
  { addresses }: Group,
  { spent, received }: Owners,
): Pick<OwnersCluster, "spent" | "received"> {
  return {
    spent: spent.addresses.filter(address => addresses.has(address)),
    received: received.addresses.filter(address => addresses.has(address)),
  }
}

/** What a list says of ten thousand addresses of one exchange is told once. */
function eachOnce(carried: readonly MemberLabel[]): readonly MemberLabel[] {
  const told = new Map<string, MemberLabel>()
  for (const one of carried) {
    const { list, label, actor, category, abuse } = one.label
    const key = JSON.stringify([list, label, actor, category, abuse])
    if (!told.has(key)) told.set(key, one)
  }
  return [...told.values()]
}
