import { CO_SPEND_DOUBTS } from "../clustering/co-spend.ts"
import { depositOf } from "../clustering/deposit-address.ts"
import type { MeasuredHeuristic } from "../clustering/measured-rates.ts"
import type { OwnerGraph } from "../clustering/owner-graph.ts"
import type { ClusterSubject, CoSpendCluster, DepositSaid } from "../contracts/cluster.ts"
import type { Label } from "../ports/label-book.ts"
import { type ClusterBook, clusterOf, type LabelledCluster, type MemberLabel } from "./cluster-of.ts"
import { nameIn, pathIn } from "./cluster-path.ts"
import { heuristicsOf } from "./cluster-rates.ts"
import { clusterLabel, some, someLabels } from "./cluster-some.ts"
import { serviceByLabels } from "./services-labelled.ts"

/** An owner's cluster with all that is known of it, at most `most` of each list. */
export function toldOfOwner(
  graph: OwnerGraph,
  owner: number,
  book: ClusterBook | null,
  most: number,
): {
  readonly told: ClusterSubject
  readonly members: readonly number[]
  /** What the cluster rests on. */
  readonly heuristics: readonly MeasuredHeuristic[]
} {
  const labelled = clusterOf(graph, owner, book)
  const { own, carried, notCarried, actors } = labelled.reach(owner)
  const withPath = ({ label, member }: MemberLabel) => {
    return { ...clusterLabel(label), path: pathIn(graph, labelled.cluster.explain(owner, member) ?? []) }
  }
  const told: ClusterSubject = {
    address: nameIn(graph, owner),
    cluster: toldOfCluster(graph, labelled, most),
    deposit: book === null ? null : toldOfDeposit(graph, owner, book, most),
    depositUnknown: book === null ? "no-labels" : null,
    labels: {
      own: someLabels(own, most, one => one, clusterLabel),
      reached: someLabels(carried, most, labelIn, one => ({ ...withPath(one), grade: "inferred" })),
      notCarried: someLabels(notCarried, most, labelIn, withPath),
      actors,
    },
  }
  return { told, members: labelled.cluster.members, heuristics: heuristicsOf(labelled.cluster) }
}

const labelIn = ({ label }: MemberLabel): Label => label

function toldOfCluster(graph: OwnerGraph, { cluster }: LabelledCluster, most: number): CoSpendCluster {
  const name = (owner: number): string => nameIn(graph, owner)
  return {
    members: some(cluster.members, most, name),
    cut: cluster.cut,
    merges: some(cluster.merges, most, link => ({
      from: name(link.from),
      txid: graph.txid(link.tx),
      to: name(link.to),
    })),
    leftOut: some(cluster.leftOut, most, ({ tx, finding: { pattern, values, anonymitySet, doubts } }) => {
      return {
        txid: graph.txid(tx),
        pattern,
        values: values.map(String),
        anonymitySet,
        cannotRuleOut: doubts,
      }
    }),
    payjoins: some(cluster.unnecessary, most, ({ tx, check: { changeIsSmaller, doubts } }) => {
      return { txid: graph.txid(tx), changeIsSmaller, cannotRuleOut: doubts }
    }),
    changes: some(cluster.changes, most, ({ tx, finding: { votes, consensus } }) => {
      const { outputs } = graph.transaction(tx)
      const txid = graph.txid(tx)
      const placeOf = (output: number): string => `${txid}:${outputs.findIndex(pot => pot.output === output)}`
      return {
        txid,
        agreed: consensus === null ? null : placeOf(consensus),
        votes: votes.map(({ heuristic, output, doubts }) => {
          const owner = outputs.find(pot => pot.output === output)?.owner
          const address = owner === undefined ? null : graph.addressOf(owner)
          return { heuristic, output: placeOf(output), address, cannotRuleOut: doubts }
        }),
      }
    }),
    heldBack: some(cluster.heldBack, most, ({ tx, reason, owners, sizes, actors }) => {
      return { txid: graph.txid(tx), reason, addresses: [name(owners[0]), name(owners[1])], sizes, actors }
    }),
    cannotRuleOut: CO_SPEND_DOUBTS,
  }
}

/** What is said of an owner that only forwards to one labelled service; null where it does not. */
export function toldOfDeposit(
  graph: OwnerGraph,
  owner: number,
  { book, chain }: ClusterBook,
  most: number,
): DepositSaid | null {
  const known = new Map<number, string | null>()
  const serviceOf = (other: number): string | null => {
    const before = known.get(other)
    if (before !== undefined) return before
    const address = graph.addressOf(other)
    const service = address === null ? null : (serviceByLabels(book, address, chain)?.service ?? null)
    known.set(other, service)
    return service
  }
  const found = depositOf(graph, owner, serviceOf)
  if (found === null) return null
  const { service, sweeps, isWeak, doubts } = found
  return {
    service,
    grade: "inferred",
    sweeps: some(sweeps, most, tx => graph.txid(tx)),
    isWeak,
    cannotRuleOut: doubts,
  }
}
