import { coSpendOf } from "../../src/clustering/co-spend.ts"
import { DEFAULT_GUARD, GuardedClusters } from "../../src/clustering/super-cluster.ts"
import { UnionFind } from "../../src/clustering/union-find.ts"
import { type KnownWorld, ownersOfInputs } from "./known-world.ts"
import { score, type Tallies, type Tally, tallyOf } from "./tally.ts"

/** The size in use is above every cluster of a staged world, and on the first two worlds 3 and more change nothing. */
const SMALL_GUARD = 2

const pairsAmong = (count: number): number => (count * (count - 1)) / 2

/**
 * Counts pairs of addresses. `co-spend`: each two addresses that put inputs into one transaction, each transaction by
 * itself. `cluster`: each two addresses that end up together, through however many transactions. `-unchecked`: the same
 * where coinjoins are not looked for. `-guard-2`: where two clusters that both have more than two addresses are not joined.
 */
export function measureClusters(known: KnownWorld): Tallies {
  const tallies: Tallies = new Map()
  const { seen, holders } = known
  for (const [tx] of seen) {
    const owners = ownersOfInputs(tx)
    const joins = coSpendOf(tx).joins
    for (const [at, a] of owners.entries()) {
      for (const b of owners.slice(at + 1)) {
        const isSo = holders[a] === holders[b]
        score(tallyOf(tallies, "co-spend"), joins, isSo)
        score(tallyOf(tallies, "co-spend-unchecked"), true, isSo)
      }
    }
  }
  for (const [suffix, looksForJoins] of [
    ["", true],
    ["-unchecked", false],
  ] as const) {
    tallies.set(`cluster${suffix}`, closure(known, looksForJoins, DEFAULT_GUARD.size))
    tallies.set(`cluster${suffix}-guard-${SMALL_GUARD}`, closure(known, looksForJoins, SMALL_GUARD))
  }
  return tallies
}

function closure({ graph, seen, holders }: KnownWorld, looksForJoins: boolean, guard: number): Tally {
  const clusters = new UnionFind(graph.ownerCount)
  const guarded = new GuardedClusters(clusters, { ...DEFAULT_GUARD, size: guard })
  for (const [tx] of seen) {
    if (looksForJoins && !coSpendOf(tx).joins) continue
    const owners = ownersOfInputs(tx)
    if (owners.length > 1) guarded.joinAll(owners, owners.length, tx.tx)
  }
  const byCluster = new Map<number, number>()
  const byHolder = new Map<number, number>()
  const byCell = new Map<string, number>()
  for (const [owner, holder] of holders.entries()) {
    if (holder === null) continue
    const root = clusters.rootOf(owner)
    byCluster.set(root, (byCluster.get(root) ?? 0) + 1)
    byHolder.set(holder, (byHolder.get(holder) ?? 0) + 1)
    const cell = `${root} ${holder}`
    byCell.set(cell, (byCell.get(cell) ?? 0) + 1)
  }
  const pairs = (counts: ReadonlyMap<unknown, number>): number =>
    [...counts.values()].reduce((sum, count) => sum + pairsAmong(count), 0)
  const truePositives = pairs(byCell)
  return {
    truePositives,
    falsePositives: pairs(byCluster) - truePositives,
    falseNegatives: pairs(byHolder) - truePositives,
  }
}
