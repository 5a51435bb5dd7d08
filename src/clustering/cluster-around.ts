import { type ChangeFinding, changeOf } from "./change.ts"
import { coSpendOf } from "./co-spend.ts"
import type { CoinjoinFinding } from "./coinjoin-finding.ts"
import type { MergeLink } from "./merge-forest.ts"
import type { OwnedTransaction, OwnerGraph } from "./owner-graph.ts"
import { type InputCheck, inputCheckOf } from "./payjoin.ts"
import { type Bridge, DEFAULT_GUARD, GuardedClusters, type MergeGuard } from "./super-cluster.ts"
import { UnionFind } from "./union-find.ts"

/** How much is looked at before the answer is cut, which it says. */
export interface ClusterLimits {
  readonly owners: number
  readonly transactions: number
  /** Outputs of the owners, spent or not. */
  readonly outputs: number
}

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
  /** Why two members are together; null where one is no member. */
  explain(a: number, b: number): MergeLink[] | null
}

interface Seen {
  readonly tx: number
  readonly owners: readonly number[]
  readonly joins: boolean
  readonly coinjoin: CoinjoinFinding | null
  readonly change: ChangeFinding
  readonly check: InputCheck | null
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
  const { owners, seen, cut } = reachedFrom(graph, around, limits)
  const numberOf = new Map(owners.map((owner, n) => [owner, n]))
  const nameOf = (n: number) => owners[n] as number
  const clusters = new UnionFind(owners.length)
  const guarded = new GuardedClusters(clusters, { ...guard, actorOf: n => guard.actorOf(nameOf(n)) })
  const bridges: Bridge[] = []
  for (const { tx, owners: payers, joins } of seen) {
    if (!joins) continue
    // An owner behind the limit has no number; without a cut all have one.
    const known = payers.map(owner => numberOf.get(owner)).filter(n => n !== undefined)
    const bridge = guarded.joinAll(known, known.length, tx)
    if (bridge !== null)
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
  const ours = seen.filter(({ owners: payers }) => payers.some(isMember))
  const held = new Set(bridges.map(({ tx }) => tx))
  return {
    around,
    members: owners.filter(isMember).sort((a, b) => a - b),
    merges: merges.sort((a, b) => a.tx - b.tx || a.from - b.from),
    leftOut: ours.flatMap(({ tx, coinjoin }) => (coinjoin === null ? [] : [{ tx, finding: coinjoin }])),
    heldBack: bridges.filter(({ tx }) => ours.some(other => other.tx === tx)),
    changes: ours.flatMap(({ tx, change }) => (change.votes.length === 0 ? [] : [{ tx, finding: change }])),
    unnecessary: ours.flatMap(({ tx, joins, check }) =>
      joins && check?.hasUnnecessaryInput && !held.has(tx) ? [{ tx, check }] : [],
    ),
    cut,
    explain: (a, b) => {
      const [from, to] = [numberOf.get(a), numberOf.get(b)]
      if (from === undefined || to === undefined || !isMember(a)) return null
      return clusters.explain(from, to)?.map(named) ?? null
    },
  }
}

/** Owners in the order in which they were reached, and what they spent together, in chain order. */
function reachedFrom(
  graph: OwnerGraph,
  around: number,
  limits: ClusterLimits,
): { owners: number[]; seen: Seen[]; cut: keyof ClusterLimits | null } {
  const owners = [around]
  const reached = new Set(owners)
  const seen = new Map<number, Seen>()
  let outputs = 0
  let cut: keyof ClusterLimits | null = null
  const reach = (owner: number): void => {
    if (reached.has(owner)) return
    if (owners.length >= limits.owners) {
      cut = "owners"
      return
    }
    reached.add(owner)
    owners.push(owner)
  }
  const done = () => ({ owners, seen: [...seen.values()].sort((a, b) => a.tx - b.tx), cut })
  for (let n = 0; n < owners.length; n++) {
    for (const output of graph.outputsOf(owners[n] as number)) {
      if (outputs >= limits.outputs) {
        cut = "outputs"
        return done()
      }
      outputs++
      const tx = graph.spenderOf(output)
      if (tx === null || seen.has(tx)) continue
      if (seen.size >= limits.transactions) {
        cut = "transactions"
        return done()
      }
      const found = look(graph, graph.transaction(tx))
      seen.set(tx, found)
      if (found.joins) for (const owner of found.owners) reach(owner)
    }
  }
  return done()
}

function look(graph: OwnerGraph, transaction: OwnedTransaction): Seen {
  const { tx } = transaction
  const coSpend = coSpendOf(transaction)
  const change = changeOf(transaction, ({ output, owner }) => firstOf(graph.outputsOf(owner)) === output)
  const owners = coSpend.joins ? coSpend.owners : [...new Set(transaction.inputs.map(({ owner }) => owner))]
  const coinjoin = !coSpend.joins && coSpend.reason === "coinjoin" ? coSpend.finding : null
  return {
    tx,
    owners,
    joins: coSpend.joins,
    coinjoin,
    change,
    check: coSpend.joins ? inputCheckOf(transaction) : null,
  }
}

function firstOf(outputs: Iterable<number>): number | null {
  for (const output of outputs) return output
  return null
}
