import { createHash } from "node:crypto"
import { describe, expect, it } from "vitest"
import { AccountRecogniser } from "../../src/cases/services-in-accounts.ts"
import type { Anchor } from "../../src/cases/services-recogniser.ts"
import { likeness } from "../../src/clustering/look-alike.ts"
import { type AccountWorld, makeAccountWorld } from "../../testing/accounts/account-economy.ts"
import { ETHEREUM } from "../../testing/accounts/ethereum-accounts.ts"
import { KNOWN, labelsOf, measureDepositAccounts } from "../../testing/accounts/measure-deposit-accounts.ts"
import { MemoryAccounts } from "../../testing/accounts/memory-accounts.ts"
import { NEM } from "../../testing/accounts/nem-accounts.ts"

const worlds = {
  ethereum: makeAccountWorld(ETHEREUM, 7),
  nem: makeAccountWorld(NEM, 7),
}

/** What can be told of a world without its objects. */
const written = ({ book }: AccountWorld): string =>
  book.transfers
    .map(({ height, from, to, asset, amount, payer, fee, memo }) => {
      const ends = [from.address, from.holder, to.address, to.use, payer?.address ?? "nobody"]
      return [height, ...ends, asset, amount, fee, memo].join(" ")
    })
    .join("\n")
const digest = (world: AccountWorld) => createHash("sha256").update(written(world)).digest("hex").slice(0, 16)

/** Of seed 7, to the last row: under a world's name no other is told. */
const ROWS: Readonly<Record<string, string>> = {
  "staged-accounts-1": "9a157b63cd00ccea",
  "staged-nem-1": "19d8ffa97aa4270f",
}

describe.each([worlds.ethereum, worlds.nem])("a staged account world of $chain.name", world => {
  const { chain, book } = world

  it("is the same for the same seed, and another for another", () => {
    expect(written(makeAccountWorld(chain, 7))).toBe(written(world))
    expect(written(makeAccountWorld(chain, 8))).not.toBe(written(world))
  })

  it("is what its name stands for", () => {
    expect(digest(world)).toBe(ROWS[chain.worlds])
  })

  it("moves what is there: no balance is ever below 0 but of a token whose contract writes what it likes", () => {
    const below = new Set<string>()
    const addresses = new Set<string>()
    for (const account of book.accounts) {
      addresses.add(account.address)
      const balances = new Map<string, bigint>()
      for (const { asset, amount, direction } of book.movesOf(account.address)) {
        const balance = (balances.get(asset) ?? 0n) + (direction === "in" ? amount : -amount)
        balances.set(asset, balance)
        if (balance < 0n) below.add(asset)
      }
      for (const [asset, balance] of balances) expect(book.balance(account, asset)).toBe(balance)
    }
    expect(addresses.size).toBe(book.accounts.length)
    if (chain.hasContracts) expect(below.size).toBeGreaterThan(0)
    else expect([...below]).toEqual([])
    for (const asset of below) expect(asset).toMatch(/^erc20:(fake|spam)-/)
  })

  it("has the same moves on both sides, in one order", () => {
    const outs = new Map<number, string>()
    const ins = new Map<number, string>()
    for (const { address } of book.accounts) {
      let last = -1
      for (const { position, asset, amount, direction, isFee, counterparty } of book.movesOf(address)) {
        expect(position).toBeGreaterThanOrEqual(last)
        last = position
        if (isFee || counterparty === null) continue
        const [from, to] = direction === "in" ? [counterparty, address] : [address, counterparty]
        ;(direction === "in" ? ins : outs).set(position, [from, to, asset, amount].join(" "))
      }
    }
    expect(outs.size).toBe(book.transfers.length)
    expect(ins).toEqual(outs)
  })

  it("has look-alikes as alike as they were ground", () => {
    const forged = book.accounts.filter(({ use }) => use === "forged")
    const told = forged.filter(({ address, imitates }) => likeness(address, imitates?.address ?? "") !== null)
    expect(forged.length).toBeGreaterThan(50)
    expect(told.length / forged.length).toBeGreaterThan(chain.hasContracts ? 0.5 : 0.25)
    expect(told.length / forged.length).toBeLessThan(chain.hasContracts ? 0.85 : 0.55)
  })

  it("is recognised by what a trace asks as it is counted", () => {
    const labels = labelsOf(world, KNOWN)
    const recogniser = new AccountRecogniser(new MemoryAccounts(book), chain.name, world.blocks)
    const anchorAt = (address: string): Anchor | null => {
      const service = labels.get(address)
      const by = { kind: "label", labels: [], disagree: false } as const
      return service === undefined ? null : { service, by, ofCluster: true }
    }
    let [right, tooMuch, ofNative] = [0, 0, 0]
    for (const { address, holder } of book.accounts) {
      const known = labels.has(address) ? null : recogniser.recognise(address, anchorAt)
      if (known === null) continue
      if (known.service === String(holder)) right++
      else tooMuch++
      if (known.assets?.includes(chain.native.asset)) ofNative++
    }
    const [[, counted] = []] = measureDepositAccounts(world)
    expect({ truePositives: right, falsePositives: tooMuch }).toEqual({
      truePositives: counted?.truePositives,
      falsePositives: counted?.falsePositives,
    })
    expect(right).toBeGreaterThan(10)
    // Others pass on tokens alone.
    expect(ofNative).toBeLessThan(right + tooMuch)
  })
})

describe("a staged world of Ethereum", () => {
  it("has addresses of Ethereum's form", () => {
    for (const { address } of worlds.ethereum.book.accounts) expect(address).toMatch(/^0x[0-9a-f]{40}$/)
  })
})
