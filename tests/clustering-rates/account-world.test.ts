import { describe, expect, it } from "vitest"
import { AccountRecogniser } from "../../src/cases/services-in-accounts.ts"
import type { Anchor } from "../../src/cases/services-recogniser.ts"
import { likeness } from "../../src/clustering/look-alike.ts"
import { ETHER } from "../../testing/accounts/account-book.ts"
import { type AccountWorld, BLOCKS, makeAccountWorld } from "../../testing/accounts/account-economy.ts"
import { labelsOf, measureDepositAccounts } from "../../testing/accounts/measure-deposit-accounts.ts"
import { MemoryAccounts } from "../../testing/accounts/memory-accounts.ts"

const world = makeAccountWorld(7)

/** What can be told of a world without its objects. */
const written = ({ book }: AccountWorld) =>
  book.transfers.map(({ height, from, to, asset, amount }) =>
    [height, from.address, from.holder, to.address, to.use, asset, amount].join(" "),
  )

describe("a staged account world", () => {
  it("is the same for the same seed, and another for another", () => {
    expect(written(makeAccountWorld(7))).toEqual(written(world))
    expect(written(makeAccountWorld(8))).not.toEqual(written(world))
  })

  it("moves what is there: no balance below 0 but of a forged token, and no account without an owner of its own", () => {
    const below = new Set<string>()
    const addresses = new Set<string>()
    for (const account of world.book.accounts) {
      addresses.add(account.address)
      expect(account.address).toMatch(/^0x[0-9a-f]{40}$/)
      const balances = new Map<string, bigint>()
      for (const { asset, amount, direction } of world.book.movesOf(account.address)) {
        const balance = (balances.get(asset) ?? 0n) + (direction === "in" ? amount : -amount)
        balances.set(asset, balance)
        if (balance < 0n) below.add(asset)
      }
    }
    expect(addresses.size).toBe(world.book.accounts.length)
    expect(below.size).toBeGreaterThan(0)
    for (const asset of below) expect(asset).toMatch(/^erc20:(fake|spam)-/)
  })

  it("has the same moves on both sides, in one order", () => {
    const outs = new Map<number, string>()
    const ins = new Map<number, string>()
    for (const { address } of world.book.accounts) {
      let last = -1
      for (const { position, asset, amount, direction, isFee, counterparty } of world.book.movesOf(address)) {
        expect(position).toBeGreaterThanOrEqual(last)
        last = position
        if (isFee || counterparty === null) continue
        const [from, to] = direction === "in" ? [counterparty, address] : [address, counterparty]
        ;(direction === "in" ? ins : outs).set(position, [from, to, asset, amount].join(" "))
      }
    }
    expect(outs.size).toBe(world.book.transfers.length)
    expect(ins).toEqual(outs)
  })

  it("has look-alikes as alike as they were ground", () => {
    const forged = world.book.accounts.filter(({ imitates }) => imitates !== null)
    const told = forged.filter(({ address, imitates }) => likeness(address, imitates?.address ?? "") !== null)
    expect(forged.length).toBeGreaterThan(50)
    expect(told.length / forged.length).toBeGreaterThan(0.5)
    expect(told.length / forged.length).toBeLessThan(0.85)
  })

  it("is recognised by what a trace asks as it is counted", () => {
    const labels = labelsOf(world, ["hot", "gas", "cold", "contract"])
    const recogniser = new AccountRecogniser(new MemoryAccounts(world.book), "ethereum", BLOCKS)
    const anchorAt = (address: string): Anchor | null => {
      const service = labels.get(address)
      const by = { kind: "label", labels: [], disagree: false } as const
      return service === undefined ? null : { service, by, ofCluster: true }
    }
    let [right, tooMuch, ofEther] = [0, 0, 0]
    for (const { address, holder } of world.book.accounts) {
      const known = labels.has(address) ? null : recogniser.recognise(address, anchorAt)
      if (known === null) continue
      if (known.service === String(holder)) right++
      else tooMuch++
      if (known.assets?.includes(ETHER)) ofEther++
    }
    expect({ truePositives: right, falsePositives: tooMuch }).toMatchObject({
      ...pick(measureDepositAccounts(world).get("deposit-account")),
    })
    // Others pass on tokens alone.
    expect(ofEther).toBeLessThan(right + tooMuch)
  })
})

const pick = (tally?: { truePositives: number; falsePositives: number }) => ({
  truePositives: tally?.truePositives,
  falsePositives: tally?.falsePositives,
})
