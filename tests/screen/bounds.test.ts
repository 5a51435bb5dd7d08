import { describe, expect, it } from "vitest"
import { ScreenClusters } from "../../src/cases/screen-clusters.ts"
import type { ScreenedLedger } from "../../src/cases/screen-ledger.ts"
import { NO_OWNERS, sideOfAddresses } from "../../src/cases/screen-owners.ts"
import type { Source } from "../../src/ports/source.ts"
import type { Address, Coin, StagedTransaction } from "../../testing/wallets/coin.ts"
import { MemoryGraph } from "../../testing/wallets/memory-graph.ts"
import { bookOf, label } from "../cases/label-books.ts"

const address = (name: string): Address => {
  return { name, kind: "p2wpkh", purse: { holder: 0, coins: new Set<Coin>() }, use: "own" }
}
const coin = (owner: Address): Coin => ({ address: owner, value: 1000, spendableAt: 0 })
const paying = (inputs: readonly Coin[], outputs: readonly Coin[]): StagedTransaction => {
  return { height: 1, doing: "payment", inputs, outputs }
}
const received = (...names: string[]) => ({ ...NO_OWNERS, received: sideOfAddresses(names) })

function clustersOver(staged: readonly StagedTransaction[], labels: Parameters<typeof bookOf>[0] = []) {
  const graph = new MemoryGraph(staged)
  const chain = { name: "bitcoin" } as ScreenedLedger["chain"]
  const source = { shape: "utxo" } as Source
  const ledger = { folder: "made", chain, source, thefts: [], set: null, graph, accounts: null }
  return new ScreenClusters(graph, ledger, bookOf(labels))
}

describe("what is too much to look through", () => {
  it("is told: clusters that are too large, and owners that come after enough work, whatever was asked before", () => {
    const busy = [address("busy 1"), address("busy 2")]
    const coins = busy.flatMap(owner => Array.from({ length: 50_001 }, () => coin(owner)))
    const clusters = clustersOver([paying([], [...coins, coin(address("quiet"))])])
    const asked = received("busy 1", "busy 2", "quiet", "stranger")
    for (const again of ["first", "remembered"]) {
      const { clusters: told, unknown, leftOut } = clusters.exposureOf(asked, [])
      expect({ told, leftOut }, again).toEqual({ told: [], leftOut: 1 })
      expect([...unknown].sort()).toEqual([
        ["not-in-ledger", 1],
        ["too-large", 2],
      ])
    }
    const alone = clusters.exposureOf(received("quiet"), [])
    expect([alone.clusters.length, alone.leftOut]).toEqual([1, 0])
    // The side of fewer owners is never left out for the other.
    const paid = clusters.exposureOf({ ...asked, spent: sideOfAddresses(["quiet"]) }, [])
    expect(paid.clusters).toMatchObject([{ spent: ["quiet"], received: ["quiet"], addresses: 1 }])
    expect(paid.leftOut).toBe(0)
  })

  it("is, of owners, more than a thousand a side: the rest is counted", () => {
    const names = Array.from({ length: 1003 }, (_, n) => `owner ${n % 1002}`)
    const { addresses, leftOut } = sideOfAddresses([null, ...names])
    expect([addresses.length, addresses[0], leftOut]).toEqual([1000, "owner 0", 2])
  })
})

describe("clusters of several owners of one transaction", () => {
  const [a, b, c, d] = ["a", "b", "c", "d"].map(address) as [Address, Address, Address, Address]
  const [first, second, third, fourth] = [coin(a), coin(b), coin(b), coin(c)]
  const staged = [
    paying([], [first, second, third, fourth]),
    paying([first, second], [coin(d)]),
    paying([third, fourth], [coin(d)]),
  ]

  it("are told once, with what is said of none of these owners", () => {
    const clusters = clustersOver(staged, [label("a", { label: "A" }), label("c", { label: "C" })])
    const owners = { spent: sideOfAddresses(["a", "b"]), received: sideOfAddresses(["d", "b"]) }
    const { clusters: told } = clusters.exposureOf(owners, [])
    expect(told.map(({ spent, received: got, addresses }) => [spent, got, addresses])).toEqual([
      [["a", "b"], ["b"], 3],
      [[], ["d"], 1],
    ])
    expect(told.map(({ labels }) => labels.map(one => one.label))).toEqual([["C"], []])
    expect(told[0]?.heuristics).toContain("co-spend")
    expect([told[0]?.cannotRuleOut.length, told[1]?.cannotRuleOut.length]).toEqual([4, 0])
  })

  it("are not told where labels name different owners of it, but for who is labelled alone", () => {
    const named = (name: string, actor: string) => label(name, { actor, definesCluster: true })
    const clusters = clustersOver(staged.slice(0, 2), [named("a", "x"), label("a", { actor: "y" })])
    const { clusters: told, unknown } = clusters.exposureOf(received("a", "b"), [])
    expect(told).toEqual([])
    expect([...unknown]).toEqual([["actors-disagree", 2]])
  })
})
