import { describe, expect, it } from "vitest"
import { changeOf } from "../../src/clustering/change.ts"
import { clusterAll } from "../../src/clustering/cluster-all.ts"
import { clusterAround, DEFAULT_LIMITS } from "../../src/clustering/cluster-around.ts"
import { coSpendOf } from "../../src/clustering/co-spend.ts"
import { DEFAULT_GUARD, type MergeGuard } from "../../src/clustering/super-cluster.ts"
import { MadeChain as Chain, columnsOf, type MadeChain, type MadePot, randomChain } from "./made-chain.ts"

const OPEN: MergeGuard = { size: Number.POSITIVE_INFINITY, actorOf: () => null }
const SEEDS = Array.from({ length: 16 }, (_, seed) => seed)

/** Joined until nothing changes, each owner beside the lowest that it spends with. */
function fixpoint(chain: MadeChain): number[] {
  const lowest = Array.from({ length: chain.ownerCount }, (_, owner) => owner)
  for (let isChanging = true; isChanging; ) {
    isChanging = false
    for (const tx of chain.transactions) {
      const coSpend = coSpendOf(tx)
      if (!coSpend.joins) continue
      const least = Math.min(...coSpend.owners.map(owner => lowest[owner] as number))
      for (const owner of coSpend.owners) {
        if (lowest[owner] === least) continue
        lowest[owner] = least
        isChanging = true
      }
    }
  }
  return lowest
}

/** Sets of owners and their one actor, replayed in chain order; and which transactions were held back, why. */
function replay(chain: MadeChain, { size, actorOf }: MergeGuard) {
  let sets = Array.from({ length: chain.ownerCount }, (_, owner) => new Set([owner]))
  const held: [number, string][] = []
  for (const tx of chain.transactions) {
    const coSpend = coSpendOf(tx)
    if (!coSpend.joins) continue
    const met = sets.filter(set => coSpend.owners.some(owner => set.has(owner)))
    if (met.length < 2) continue
    const actors = new Set(met.flatMap(set => [...set].map(actorOf)).filter(actor => actor !== null))
    const isLarge = met.filter(set => set.size > size).length > 1
    if (isLarge || actors.size > 1) held.push([tx.tx, `${isLarge} ${actors.size > 1}`])
    else sets = [...sets.filter(set => !met.includes(set)), new Set(met.flatMap(set => [...set]))]
  }
  return { sets, held }
}

describe("clusters without a guard", () => {
  it("are those of a naive fixpoint, for all owners at once and around each", () => {
    let joined = 0
    for (const seed of SEEDS) {
      const chain = randomChain(seed, 40, 60)
      const lowest = fixpoint(chain)
      const all = clusterAll(columnsOf(chain), OPEN)
      expect([...all.root]).toEqual(lowest)
      for (let owner = 0; owner < chain.ownerCount; owner++) {
        const members = [...lowest.keys()].filter(other => lowest[other] === lowest[owner])
        const cluster = clusterAround(chain, owner, OPEN)
        expect(cluster.members).toEqual(members)
        expect(cluster.merges).toHaveLength(members.length - 1)
        expect(cluster.cut).toBeNull()
        expect(all.size[owner]).toBe(members.length)
        joined += members.length - 1
      }
    }
    expect(joined).toBeGreaterThan(500)
  })

  it("leave out the same coinjoins, told around each owner who put inputs in", () => {
    let seen = 0
    for (const seed of SEEDS) {
      const chain = randomChain(seed, 40, 60)
      const { coinjoins } = clusterAll(columnsOf(chain), OPEN)
      const naive = chain.transactions.filter(tx => coSpendOf(tx).joins === false && isCoinjoin(tx))
      expect([...coinjoins]).toEqual(naive.map(({ tx }) => tx))
      for (const { tx, inputs } of naive) {
        const { leftOut } = clusterAround(chain, inputs[0]?.owner as number, OPEN)
        expect(leftOut.map(left => left.tx)).toContain(tx)
        seen++
      }
    }
    expect(seen).toBeGreaterThan(0)
  })
})

const isCoinjoin = (tx: Parameters<typeof coSpendOf>[0]): boolean => {
  const coSpend = coSpendOf(tx)
  return !coSpend.joins && coSpend.reason === "coinjoin"
}

describe("clusters under the guard", () => {
  it("are those of a naive replay in chain order, for all owners at once and around each", () => {
    let heldBack = 0
    for (const seed of SEEDS) {
      const chain = randomChain(1000 + seed, 40, 80)
      const guard: MergeGuard = {
        size: 1 + (seed % 3),
        actorOf: owner => (owner % 11 === 3 ? `actor ${owner % 2}` : null),
      }
      const { sets, held } = replay(chain, guard)
      const all = clusterAll(columnsOf(chain), guard)
      expect(all.bridges.map(({ tx }) => tx)).toEqual(held.map(([tx]) => tx))
      expect(all.bridgeCount).toBe(held.length)
      heldBack += held.length
      for (const [n, { reason, sizes, actors }] of all.bridges.entries()) {
        const [isLarge, isOfTwo] = (held[n]?.[1] ?? "").split(" ")
        expect(reason === "both-large" ? isLarge : isOfTwo).toBe("true")
        if (reason === "both-large") expect(Math.min(...sizes)).toBeGreaterThan(guard.size)
        else expect(new Set(actors).size).toBe(2)
      }
      for (const set of sets) {
        const members = [...set].sort((a, b) => a - b)
        for (const owner of members) {
          expect(all.root[owner]).toBe(members[0])
          const cluster = clusterAround(chain, owner, guard)
          expect(cluster.members).toEqual(members)
          const mine = held.filter(([tx]) => {
            const coSpend = coSpendOf(chain.transaction(tx))
            return coSpend.joins && coSpend.owners.some(payer => set.has(payer))
          })
          expect(cluster.heldBack.map(({ tx }) => tx)).toEqual(mine.map(([tx]) => tx))
        }
      }
    }
    expect(heldBack).toBeGreaterThan(20)
  })

  it("name the same two owners of a bridge, whoever asks", () => {
    for (const seed of SEEDS) {
      const chain = randomChain(3000 + seed, 40, 80)
      const guard: MergeGuard = { size: 2, actorOf: owner => (owner % 5 === 0 ? `actor ${owner % 3}` : null) }
      for (const bridge of clusterAll(columnsOf(chain), guard).bridges) {
        const [owner] = bridge.owners
        expect(clusterAround(chain, owner, guard).heldBack).toContainEqual(bridge)
      }
    }
  })
})

describe("an explanation", () => {
  it("is a chain of transactions in which both owners of each step put inputs", () => {
    for (const seed of SEEDS.slice(0, 4)) {
      const chain = randomChain(seed, 40, 60)
      const cluster = clusterAround(chain, 0)
      for (const a of cluster.members) {
        for (const b of cluster.members) {
          let at = a
          for (const { from, tx, to } of cluster.explain(a, b) ?? []) {
            expect(from).toBe(at)
            const payers = chain.transaction(tx).inputs.map(({ owner }) => owner)
            expect(payers).toEqual(expect.arrayContaining([from, to]))
            at = to
          }
          expect(at).toBe(b)
        }
      }
      expect(cluster.explain(0, chain.ownerCount + 5)).toBeNull()
    }
  })
})

describe("limits", () => {
  /** Owner n spends with owner n + 1. */
  const ladder = (rungs: number): MadeChain => {
    const pays = Array.from({ length: rungs }, (_, n): MadePot[] => [
      [n, 1000],
      [n + 1, 1000],
    ])
    const made = [{ spends: [], pays: pays.flat() }]
    return new Chain([
      ...made,
      ...pays.map((_, n) => ({ spends: [2 * n, 2 * n + 1], pays: [[n, 1] as MadePot] })),
    ])
  }

  it("that are met are said, and what was found before them stands", () => {
    const chain = ladder(50)
    expect(clusterAround(chain, 0).members).toHaveLength(51)
    expect(clusterAround(chain, 0).cut).toBeNull()
    for (const limit of ["owners", "transactions", "outputs"] as const) {
      const cluster = clusterAround(chain, 0, DEFAULT_GUARD, { ...DEFAULT_LIMITS, [limit]: 10 })
      expect(cluster.cut).toBe(limit)
      expect(cluster.members.length).toBeGreaterThan(1)
      expect(cluster.members.length).toBeLessThanOrEqual(11)
    }
    expect(clusterAround(chain, 0, DEFAULT_GUARD, { ...DEFAULT_LIMITS, owners: 51 }).cut).toBeNull()
  })
})

describe("a transaction of 20,000 inputs and outputs", () => {
  const many = 20_000
  const pays = (from: number, value: (n: number) => number) =>
    Array.from({ length: many }, (_, n): MadePot => [from + n, value(n)])
  const chainOf = (value: (n: number) => number) =>
    new Chain([
      { spends: [], pays: pays(0, n => 70_000 + n) },
      { spends: Array.from({ length: many }, (_, n) => n), pays: pays(many, value) },
    ])

  /** Measured at 0.3 to 0.8 s cold on two cores with a load of 12; a quadratic step would take a minute. */
  it("that joins all its owners is done in less than a second", () => {
    const chain = chainOf(n => 30_000 + n)
    const from = performance.now()
    expect(coSpendOf(chain.transaction(1)).joins).toBe(true)
    changeOf(chain.transaction(1), () => true)
    expect(clusterAround(chain, 5).members).toHaveLength(many)
    expect(performance.now() - from).toBeLessThan(4000)
  })

  it("that is a coinjoin is left out in less than a second", () => {
    const chain = chainOf(() => 65_536)
    const from = performance.now()
    expect(clusterAround(chain, 5).members).toEqual([5])
    expect(clusterAround(chain, 5).leftOut).toHaveLength(1)
    expect(performance.now() - from).toBeLessThan(4000)
  })
})
