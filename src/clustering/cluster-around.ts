import type { ChangeFinding } from "./change.ts"
import type { CoinjoinFinding } from "./coinjoin-finding.ts"
import type { MergeLink } from "./merge-forest.ts"
import type { OwnerGraph } from "./owner-graph.ts"
import type { InputCheck } from "./payjoin.ts"
import { type ReachLimits, reachedFrom } from "./reached-owners.ts"
import { type Bridge, DEFAULT_GUARD, GuardedClusters, type MergeGuard } from "./super-cluster.ts"
import { Joins } from "./suspected-links.ts"
import { UnionFind } from "./union-find.ts"

/** How much is looked at before the answer is cut, which it says. */
export type ClusterLimits = ReachLimits

export const DEFAULT_LIMITS: ClusterLimits = { owners: 100_000, transactions: 100_000, outputs: 1_000_000 }

/** Lists of transactions are in chain order, and of those in which a member put inputs. */
export interface Cluster {
  readonly around: number
  /** In rising order. */
  readonly members: readonly number[]
  /** What joined the members, one fewer than there are of them. */
  readonly merges: readonly MergeLink[]
  readonly leftOut: readonly { readonly tx: number; readonly finding: CoinjoinFinding }[]
  readonly heldBack: readonly Bridge[]
  /** Which outputs may be change: shown, not merged. */
  readonly changes: readonly { readonly tx: number; readonly finding: ChangeFinding }[]
  /** Merging transactions with an input that they did not need: may be payjoins, were merged. */
  readonly unnecessary: readonly { readonly tx: number; readonly check: InputCheck }[]
  /** Which limit was met: there may be more members then, and a bridge may not have been seen. Null where none was. */
  readonly cut: keyof ClusterLimits | null
  /** Outputs that were looked through: what the answer cost. */
  readonly looked: number
  /** Why two members are together; null where one is no member. */
  explain(a: number, b: number): MergeLink[] | null
}

/**
 * The cluster of one owner by co-spending. Whatever co-spending reaches is gathered first, then joined in chain order
 * under the guard, so that the answer is that of `clusterAll`; it costs as much as the owners reached have done.
 */
export function clusterAround(
  graph: OwnerGraph,
  around: number,
  guard: MergeGuard = DEFAULT_GUARD,
  limits: ClusterLimits = DEFAULT_LIMITS,
): Cluster {
  const { owners, spendings, looked, cut } = reachedFrom(graph, around, limits)
  const numberOf = new Map(owners.map((owner, n) => [owner, n]))
  const nameOf = (n: number) => owners[n] as number
  const clusters = new UnionFind(owners.length)
  const guarded = new GuardedClusters(clusters, { ...guard, actorOf: n => guard.actorOf(nameOf(n)) })
  const bridges: Bridge[] = []
  const joining = spendings
    .filter(({ joins }) => joins)
    // An owner behind the limit has no number; without a cut all have one.
    .map(({ tx, owners: payers }) => ({
      tx,
      known: payers.map(owner => numberOf.get(owner)).filter(n => n !== undefined),
    }))
  const gathered = new Joins()
  for (const { tx, known } of joining) gathered.add(tx, known, known.length)
  const suspected = gathered.suspected(guard)
  for (const { tx, known } of joining) {
    const bridge = suspected.get(tx) ?? guarded.joinAll(known, known.length, tx)
    if (bridge === null) continue
    bridges.push({ ...bridge, owners: [nameOf(bridge.owners[0]), nameOf(bridge.owners[1])] })
  }

  const root = clusters.rootOf(0)
  const isMember = (owner: number): boolean => {
    const n = numberOf.get(owner)
    return n !== undefined && clusters.rootOf(n) === root
  }
  const named = ({ from, tx, to }: MergeLink): MergeLink => ({ from: nameOf(from), tx, to: nameOf(to) })
  const merges: MergeLink[] = []
  for (const [n, to] of clusters.toward.entries()) {
    if (clusters.rootOf(n) !== root || to >= owners.length) continue
    merges.push(named({ from: n, tx: clusters.by[n] as number, to }))
  }
  const ours = spendings.filter(({ owners: payers }) => payers.some(isMember))
  const oursByTx = new Set(ours.map(({ tx }) => tx))
  const held = new Set(bridges.map(({ tx }) => tx))
  return {
    around,
    members: owners.filter(isMember).sort((a, b) => a - b),
    merges: merges.sort((a, b) => a.tx - b.tx || a.from - b.from),
    leftOut: ours.flatMap(({ tx, coinjoin }) => (coinjoin === null ? [] : [{ tx, finding: coinjoin }])),
    heldBack: bridges.filter(({ tx }) => oursByTx.has(tx)),
    changes: ours.flatMap(({ tx, change }) => (change.votes.length === 0 ? [] : [{ tx, finding: change }])),
    unnecessary: ours.flatMap(({ tx, check }) =>
      check?.hasUnnecessaryInput && !held.has(tx) ? [{ tx, check }] : [],
    ),
    cut,
    looked,
    explain: (a, b) => {
      const [from, to] = [numberOf.get(a), numberOf.get(b)]
      if (from === undefined || to === undefined || !isMember(a)) return null
      return clusters.explain(from, to)?.map(named) ?? null
    },
  }
}
