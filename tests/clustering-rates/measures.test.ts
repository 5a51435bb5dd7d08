import { describe, expect, it } from "vitest"
import type { Coin, Purse, StagedTransaction } from "../../testing/wallets/coin.ts"
import type { KnownWorld } from "../../testing/wallets/known-world.ts"
import { measureChange } from "../../testing/wallets/measure-change.ts"
import { measureClusters } from "../../testing/wallets/measure-clusters.ts"
import { measureJoins } from "../../testing/wallets/measure-joins.ts"
import { MemoryGraph } from "../../testing/wallets/memory-graph.ts"

const purse = (holder: number): Purse => ({ holder, coins: new Set() })
const [ann, ben] = [purse(1), purse(2)]

let names = 0
function coin(of: Purse, value: number): Coin {
  names++
  return { address: { name: `a${names}`, kind: "p2wpkh", purse: of, use: "own" }, value, spendableAt: 0 }
}

function knownOf(staged: readonly StagedTransaction[]): KnownWorld {
  const graph = new MemoryGraph(staged)
  const holders = Array.from(
    { length: graph.ownerCount },
    (_, owner) => graph.truth(owner).purse?.holder ?? null,
  )
  const seen = staged.map((one, tx) => [graph.transaction(tx), one] as const)
  return { world: { seed: 0, transactions: staged, exchanges: [], merchants: [] }, graph, holders, seen }
}

const minted = (...outputs: Coin[]): StagedTransaction => ({
  height: 1,
  doing: "coinbase",
  inputs: [],
  outputs,
})

describe("counting by hand", () => {
  // Ann spends two of her addresses together; then she and Ben make a payjoin with one of hers each.
  const [a1, a2, a3, b1] = [coin(ann, 100), coin(ann, 200), coin(ann, 300), coin(ben, 400)]
  const [merged, rest] = [coin(ben, 150), coin(ann, 140)]
  const payment: StagedTransaction = {
    height: 2,
    doing: "payment",
    inputs: [a1, a2],
    outputs: [merged, rest],
  }
  const [got, left] = [coin(ben, 500), coin(ann, 330)]
  const payjoin: StagedTransaction = {
    height: 3,
    doing: "payjoin",
    inputs: [rest, a3, b1],
    outputs: [got, left],
  }
  const known = knownOf([minted(a1, a2, a3, b1), payment, payjoin])

  it("counts pairs of one transaction, and pairs that end up together", () => {
    const tallies = measureClusters(known)
    // Pairs: a1 a2, and of the payjoin rest a3 (right), rest b1 and a3 b1 (wrong).
    expect(tallies.get("co-spend")).toEqual({ truePositives: 2, falsePositives: 2, falseNegatives: 0 })
    // Ann has a1 a2 a3 rest left: ten pairs, two of them found. Ben has b1 merged got: three, none found.
    expect(tallies.get("cluster")).toEqual({ truePositives: 2, falsePositives: 2, falseNegatives: 11 })
  })

  it("counts a payjoin as several holders that no pattern finds", () => {
    const tallies = measureJoins(known)
    expect(tallies.get("several-holders")).toEqual({
      truePositives: 0,
      falsePositives: 0,
      falseNegatives: 1,
    })
    expect(tallies.get("coinjoin")).toEqual({ truePositives: 0, falsePositives: 0, falseNegatives: 0 })
  })

  it("takes for change what goes back to the holder of all inputs, and for none in a payjoin", () => {
    const tallies = measureChange(known)
    // Of the payment 140 is not below 100: no word. Of the payjoin neither output is below every input.
    expect(tallies.get("change-optimal-change")).toEqual({
      truePositives: 0,
      falsePositives: 0,
      falseNegatives: 1,
    })
  })

  it("counts change that was named", () => {
    const [one, two] = [coin(ann, 100), coin(ann, 200)]
    const small: StagedTransaction = {
      height: 2,
      doing: "payment",
      inputs: [one, two],
      outputs: [coin(ben, 250), coin(ann, 40)],
    }
    const tallies = measureChange(knownOf([minted(one, two), small]))
    expect(tallies.get("change-optimal-change")).toEqual({
      truePositives: 1,
      falsePositives: 0,
      falseNegatives: 0,
    })
  })
})
