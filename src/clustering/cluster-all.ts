import { getOrMake } from "../units/get-or-make.ts"
import { type ClusterColumns, transactionIn } from "./cluster-columns.ts"
import { isOwnerless } from "./co-spend.ts"
import { coinjoinOf, FEWEST_IN_COINJOIN } from "./coinjoin.ts"
import { type MergeForest, NONE } from "./merge-forest.ts"
import { type Bridge, DEFAULT_GUARD, GuardedClusters, type MergeGuard } from "./super-cluster.ts"
import { Joins } from "./suspected-links.ts"
import { UnionFind } from "./union-find.ts"

/** Each column has one value for every owner. */
export interface AllClusters extends MergeForest {
  /** The lowest owner of the cluster. */
  readonly root: Uint32Array
  /** How many owners the cluster has. */
  readonly size: Uint32Array
  /** Transactions left out as coinjoins, in chain order. */
  readonly coinjoins: Uint32Array
  /** Transactions held back, in chain order: the first `MOST_BRIDGES` of them, and how many there were. */
  readonly bridges: readonly Bridge[]
  readonly bridgeCount: number
}

export const MOST_BRIDGES = 10_000

/** All clusters of a chain by co-spending, in chain order; the same as `clusterAround` finds for any one owner. */
export function clusterAll(columns: ClusterColumns, guard: MergeGuard = DEFAULT_GUARD): AllClusters {
  const suspected = suspectedIn(columns, guard)
  const clusters = new UnionFind(columns.ownerCount)
  const guarded = new GuardedClusters(clusters, guard)
  const coinjoins: number[] = []
  const bridges: Bridge[] = []
  let bridgeCount = 0
  for (const { tx, owners, count, joins } of spendings(columns)) {
    if (!joins) {
      coinjoins.push(tx)
      continue
    }
    const bridge = suspected.get(tx) ?? guarded.joinAll(owners, count, tx)
    if (bridge === null) continue
    bridgeCount++
    if (bridges.length < MOST_BRIDGES) bridges.push(bridge)
  }
  const { root, size } = clustersOf(clusters)
  const { toward, by } = clusters
  return { root, size, toward, by, coinjoins: Uint32Array.from(coinjoins), bridges, bridgeCount }
}

/** The sole links of every cluster that is large enough to have one, before any guard. */
function suspectedIn(columns: ClusterColumns, guard: MergeGuard): ReadonlyMap<number, Bridge> {
  const suspected = new Map<number, Bridge>()
  if ((guard.soleLinks ?? 0) === 0) return suspected
  const clusters = new UnionFind(columns.ownerCount)
  for (const { tx, owners, count, joins } of spendings(columns)) {
    for (let n = 1; joins && n < count; n++) clusters.join(owners[0] as number, owners[n] as number, tx)
  }
  const large = new Map<number, Joins>()
  for (const { tx, owners, count, joins } of spendings(columns)) {
    const root = clusters.rootOf(owners[0] as number)
    if (!joins || (clusters.sizes[root] as number) <= 2 * guard.size) continue
    getOrMake(large, root, () => new Joins()).add(tx, owners, count)
  }
  for (const gathered of large.values()) {
    for (const [tx, bridge] of gathered.suspected(guard)) suspected.set(tx, bridge)
  }
  return suspected
}

interface Spending {
  readonly tx: number
  /** The first `count`; written over by the next spending. */
  readonly owners: Uint32Array
  readonly count: number
  /** False for a coinjoin. */
  readonly joins: boolean
}

/** Transactions of several owners, in chain order. */
function* spendings(columns: ClusterColumns): Generator<Spending> {
  let owners = new Uint32Array(1024)
  const ownerless = columns.kinds.map(isOwnerless)
  for (let tx = 0; tx < columns.transactionCount; tx++) {
    const inputs = (columns.firstInput[tx + 1] as number) - (columns.firstInput[tx] as number)
    if (inputs < 2) continue
    if (inputs > owners.length) owners = new Uint32Array(2 * inputs)
    const count = payersOf(columns, tx, ownerless, owners)
    if (count >= 2) yield { tx, owners, count, joins: !isCoinjoin(columns, tx, inputs) }
  }
}

/** Writes who put inputs into a transaction, without neighbours that are alike; 0 or 1 where it is no more than one. */
function payersOf(
  columns: ClusterColumns,
  tx: number,
  ownerless: readonly boolean[],
  owners: Uint32Array,
): number {
  const { firstInput, inputOutput, outputOwner, ownerKind } = columns
  let count = 0
  let last = NONE
  let differ = false
  for (let n = firstInput[tx] as number; n < (firstInput[tx + 1] as number); n++) {
    const owner = outputOwner[inputOutput[n] as number] as number
    if (owner === last || ownerless[ownerKind[owner] as number]) continue
    owners[count] = owner
    count++
    differ = differ || owner !== owners[0]
    last = owner
  }
  return differ ? count : Math.min(count, 1)
}

/** Told by counts alone for most transactions, before anything is made. */
function isCoinjoin(columns: ClusterColumns, tx: number, inputs: number): boolean {
  const outputs = (columns.firstOutput[tx + 1] as number) - (columns.firstOutput[tx] as number)
  if (inputs < FEWEST_IN_COINJOIN || outputs < FEWEST_IN_COINJOIN) return false
  return coinjoinOf(transactionIn(columns, tx)) !== null
}

function clustersOf(clusters: UnionFind): { root: Uint32Array; size: Uint32Array } {
  const owners = clusters.parents.length
  const lowest = new Uint32Array(owners).fill(NONE)
  const root = new Uint32Array(owners)
  const size = new Uint32Array(owners)
  for (let owner = 0; owner < owners; owner++) {
    const found = clusters.rootOf(owner)
    if (lowest[found] === NONE) lowest[found] = owner
    root[owner] = lowest[found] as number
    size[owner] = clusters.sizes[found] as number
  }
  return { root, size }
}
