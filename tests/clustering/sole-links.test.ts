import { describe, expect, it } from "vitest"
import { clusterAll } from "../../src/clustering/cluster-all.ts"
import { clusterAround } from "../../src/clustering/cluster-around.ts"
import { coSpendOf } from "../../src/clustering/co-spend.ts"
import type { MergeGuard } from "../../src/clustering/super-cluster.ts"
import { columnsOf, MadeChain, type MadePot, type MadeSpending, randomChain } from "./made-chain.ts"

const nobody = () => null

/** The sets that transactions join, by trying until nothing changes. */
function setsOf(joins: readonly (readonly number[])[], owners: Iterable<number>): Set<number>[] {
  let sets = [...owners].map(owner => new Set([owner]))
  for (const join of joins) {
    const met = sets.filter(set => join.some(owner => set.has(owner)))
    sets = [...sets.filter(set => !met.includes(set)), new Set(met.flatMap(set => [...set]))]
  }
  return sets
}

/** Each transaction taken out in turn: does its set fall into two that are large? At most `most` in one set. */
function naive(chain: MadeChain, size: number, most: number) {
  const all = Array.from({ length: chain.ownerCount }, (_, owner) => owner)
  const joins = chain.transactions.flatMap(tx => {
    const coSpend = coSpendOf(tx)
    return coSpend.joins ? [{ tx: tx.tx, owners: coSpend.owners }] : []
  })
  const whole = setsOf(
    joins.map(({ owners }) => owners),
    all,
  )
  const found: { tx: number; sizes: number[] }[] = []
  for (const set of whole) {
    const own = joins.filter(({ owners }) => owners.some(owner => set.has(owner)))
    const links = own.flatMap(({ tx }) => {
      const others = own.filter(other => other.tx !== tx).map(({ owners }) => owners)
      const sizes = setsOf(others, set)
        .map(part => part.size)
        .sort((a, b) => b - a)
      return (sizes[1] ?? 0) > size ? [{ tx, sizes: sizes.slice(0, 2) }] : []
    })
    if (links.length <= most) found.push(...links)
  }
  const kept = joins.filter(({ tx }) => !found.some(link => link.tx === tx))
  const sets = setsOf(
    kept.map(({ owners }) => owners),
    all,
  )
  return { found: found.sort((a, b) => a.tx - b.tx), sets }
}

describe("transactions that alone hold two large parts together", () => {
  it("are those that a naive search finds, for all owners at once and around each", () => {
    let held = 0
    let left = 0
    for (let seed = 0; seed < 60; seed++) {
      const chain = randomChain(5_000 + seed, 30 + (seed % 3) * 15, 60)
      const [size, most] = [1 + (seed % 4), 1 + (seed % 6)]
      // Large enough that nothing is held back as it comes; the sole links are looked for below it.
      const guard: MergeGuard = { size, actorOf: nobody, soleLinks: most }
      const { found, sets } = naive(chain, size, most)
      const all = clusterAll(columnsOf(chain), guard)
      const sole = all.bridges.filter(({ tx }) => found.some(link => link.tx === tx))
      expect(sole.map(({ tx, sizes }) => ({ tx, sizes: [...sizes] }))).toEqual(found)
      held += found.length
      left += naive(chain, size, Number.POSITIVE_INFINITY).found.length - found.length
      for (const { owners } of sole) {
        const [a, b] = owners.map(owner => sets.find(set => set.has(owner)))
        expect(a).not.toBe(b)
      }
      for (let owner = 0; owner < chain.ownerCount; owner++) {
        const { members, heldBack } = clusterAround(chain, owner, guard)
        expect(members).toEqual([...all.root.keys()].filter(other => all.root[other] === all.root[owner]))
        for (const bridge of heldBack) expect(all.bridges).toContainEqual(bridge)
      }
    }
    expect(held).toBeGreaterThan(20)
    expect(left).toBeGreaterThan(20)
  })

  /** Two rings of owners, each beside the next; what joins the rings is at the place that is asked for. */
  function rings(owners: number, links: number, isFirst: boolean): { chain: MadeChain; txs: number[] } {
    const each = 2 + links
    const pays = Array.from({ length: 2 * owners * each }, (_, n): MadePot => [n % (2 * owners), 1_000 + n])
    const output = (owner: number, use: number) => owner + use * 2 * owners
    const ring = [0, owners].flatMap(base =>
      Array.from({ length: owners }, (_, n): MadeSpending => {
        return {
          spends: [output(base + n, 0), output(base + ((n + 1) % owners), 1)],
          pays: [[base + n, 2_000]],
        }
      }),
    )
    const between = Array.from({ length: links }, (_, n): MadeSpending => {
      return { spends: [output(n, 2 + n), output(owners + n, 2 + n)], pays: [[n, 2_000]] }
    })
    const spendings = isFirst ? [...between, ...ring] : [...ring, ...between]
    const begin = isFirst ? 1 : 1 + ring.length
    return {
      chain: new MadeChain([{ spends: [], pays }, ...spendings]),
      txs: between.map((_, n) => begin + n),
    }
  }
  const guard: MergeGuard = { size: 20, actorOf: nobody, soleLinks: 8 }

  it("are held back whenever they came: before the two were large, or after", () => {
    for (const isFirst of [true, false]) {
      const { chain, txs } = rings(21, 1, isFirst)
      const { bridges } = clusterAll(columnsOf(chain), guard)
      expect(bridges.map(({ tx, reason, sizes }) => [tx, reason, ...sizes])).toEqual([
        [txs[0], "both-large", 21, 21],
      ])
      expect(clusterAround(chain, 30, guard)).toMatchObject({ heldBack: bridges })
      expect(clusterAround(chain, 30, guard).members).toHaveLength(21)
    }
    const { chain } = rings(20, 1, true)
    expect(clusterAll(columnsOf(chain), guard).bridgeCount).toBe(0)
  })

  it("are not two that came early: the one would hold where the other is not", () => {
    const { chain } = rings(21, 2, true)
    expect(clusterAround(chain, 0, guard).members).toHaveLength(42)
  })

  it("are found in a chain of a hundred thousand, which is left together: it is loosely knit all over", () => {
    const owners = 100_000
    const pays = Array.from({ length: 2 * owners }, (_, n): MadePot => [n >> 1, 1_000])
    const spendings = Array.from({ length: owners - 1 }, (_, n): MadeSpending => {
      return { spends: [2 * n + 1, 2 * n + 2], pays: [[n, 1]] }
    })
    const { size, bridgeCount } = clusterAll(columnsOf(new MadeChain([{ spends: [], pays }, ...spendings])), {
      ...guard,
      size: 10_000,
    })
    expect(size[0]).toBe(owners)
    expect(bridgeCount).toBe(0)
  })
})
