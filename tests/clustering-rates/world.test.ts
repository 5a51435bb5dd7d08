import { describe, expect, it } from "vitest"
import {
  type Coin,
  type Doing,
  JOIN_KINDS,
  type StagedTransaction,
  sumOf,
} from "../../testing/wallets/coin.ts"
import { makeWorld } from "../../testing/wallets/economy.ts"
import { holdersOfInputs } from "../../testing/wallets/known-world.ts"

/** What can be told of a world without its objects. */
const written = (transactions: readonly StagedTransaction[]) =>
  transactions.map(({ height, doing, inputs, outputs }) => {
    const coin = ({ address: { name, kind, purse, use }, value }: Coin) =>
      [name, kind, purse?.holder ?? null, use, value].join(" ")
    return [height, doing, inputs.map(coin).join(","), outputs.map(coin).join(",")].join("|")
  })

const world = makeWorld(7)
const SUBSIDY = 50 * 100_000_000

describe("a staged world", () => {
  it("is the same for the same seed, and another for another", () => {
    expect(written(makeWorld(7).transactions)).toEqual(written(world.transactions))
    expect(written(makeWorld(8).transactions)).not.toEqual(written(world.transactions))
  })

  it("conserves value: nothing is spent twice or too early, and what is unspent is all that was mined", () => {
    const unspent = new Map<Coin, number>()
    const faults: string[] = []
    let [mined, burned] = [0, 0]
    for (const { height, doing, inputs, outputs } of world.transactions) {
      for (const coin of inputs) {
        if (!unspent.delete(coin) || coin.spendableAt > height)
          faults.push(`${doing} spends ${coin.address.name}`)
      }
      if (doing === "coinbase") mined++
      else if (sumOf(outputs) > sumOf(inputs)) faults.push(`${doing} at ${height} makes value`)
      for (const coin of outputs) {
        unspent.set(coin, height)
        if (coin.address.purse === null) burned += coin.value
        if (!Number.isSafeInteger(coin.value) || coin.value < 0) faults.push(`${coin.value} is no amount`)
      }
    }
    expect(faults).toEqual([])
    expect(burned).toBe(0)
    expect(sumOf(unspent.keys())).toBe(mined * SUBSIDY)
  })

  it("gives the fees of a block to its coinbase, which stands first", () => {
    const blocks = new Map<number, StagedTransaction[]>()
    for (const tx of world.transactions) blocks.set(tx.height, [...(blocks.get(tx.height) ?? []), tx])
    for (const [coinbase, ...others] of blocks.values()) {
      const fees = others.reduce((sum, { inputs, outputs }) => sum + sumOf(inputs) - sumOf(outputs), 0)
      expect(coinbase?.doing).toBe("coinbase")
      expect(sumOf(coinbase?.outputs ?? [])).toBe(SUBSIDY + fees)
    }
  })

  it("has inputs of several holders in joins and payjoins, and nowhere else", () => {
    const together: readonly Doing[] = [...JOIN_KINDS, "payjoin"]
    const made = new Set<Doing>()
    for (const staged of world.transactions) {
      made.add(staged.doing)
      const holders = holdersOfInputs(staged).size
      if (together.includes(staged.doing)) expect(holders, staged.doing).toBeGreaterThan(1)
      else expect(holders, staged.doing).toBeLessThanOrEqual(1)
    }
    for (const doing of [...together, "sweep", "payout", "peel", "airdrop", "tx0"]) {
      expect(made).toContain(doing)
    }
  })
})
