import type { OwnerGraph } from "../clustering/owner-graph.ts"
import type { Bridge } from "../clustering/super-cluster.ts"
import type { ClusterItem, HeldBack } from "../contracts/screen.ts"
import type { LabelledCluster } from "./cluster-of.ts"
import { nameIn } from "./cluster-path.ts"
import { labelItem } from "./screen-labels.ts"

/** Transactions that are told of one cluster, and spenders of one transaction: a coinjoin-like one has hundreds. */
const MOST_TOLD = 100

/**
 * Where the guard held members apart from others who spend with them: a label that holds two clusters apart must not
 * thereby hide what is said of the other side. Those with labels, and of them those with a sanction, come first.
 */
export function heldBackOf(
  graph: OwnerGraph,
  labelled: LabelledCluster,
): Pick<ClusterItem, "heldBack" | "heldBackLeftOut"> {
  const { members, heldBack } = labelled.cluster
  if (heldBack.length === 0) return { heldBack: [], heldBackLeftOut: 0 }
  const inside = new Set(members)
  const links = heldBack.map(bridge => linkOf(graph, labelled, inside, bridge))
  const rank = ({ labels }: HeldBack) =>
    labels.some(({ sanction }) => sanction) ? 0 : labels.length > 0 ? 1 : 2
  const inOrder = links.sort((a, b) => rank(a) - rank(b))
  const heldBackLeftOut = Math.max(0, links.length - MOST_TOLD)
  return { heldBack: inOrder.slice(0, MOST_TOLD), heldBackLeftOut }
}

function linkOf(
  graph: OwnerGraph,
  labelled: LabelledCluster,
  inside: ReadonlySet<number>,
  { tx, reason }: Bridge,
): HeldBack {
  const spenders = [...new Set(graph.transaction(tx).inputs.map(({ owner }) => owner))]
  const others = spenders.filter(owner => !inside.has(owner))
  const named = (owners: readonly number[]) => owners.slice(0, MOST_TOLD).map(owner => nameIn(graph, owner))
  return {
    txid: graph.txid(tx),
    reason,
    members: named(spenders.filter(owner => inside.has(owner))),
    others: named(others),
    labels: others.flatMap(owner => labelled.labelsOf(owner).map(labelItem)),
  }
}
