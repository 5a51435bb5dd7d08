import { describe, expect, it } from "vitest"
import { checkNemAddress } from "../../src/chains/nem/address.ts"
import { makeAccountWorld } from "../../testing/accounts/account-economy.ts"
import { mosaicOf, NEM } from "../../testing/accounts/nem-accounts.ts"
import { type MosaicSize, nemTransferFee } from "../../testing/accounts/nem-fee.ts"

const UNIT = 50_000n
const MICRO = 1_000_000n
const world = makeAccountWorld(NEM, 7)
const { accounts, transfers, endowments } = world.book

describe("NEM's fee for a transfer", () => {
  const xem = (amount: number, bytes = 0) => nemTransferFee(null, BigInt(amount) * MICRO, bytes) / UNIT
  const of = (mosaic: MosaicSize, amount: bigint, bytes = 0) => nemTransferFee(mosaic, amount, bytes) / UNIT

  // The numbers of nem.core's own FeeUnitAwareTransactionFeeCalculatorTest, in units of 0.05 XEM.
  it("is what NEM's own test says of XEM, each step and the most", () => {
    expect(xem(0)).toBe(1n)
    for (let n = 0; n < 26; n++) {
      const expected = BigInt(Math.max(1, Math.min(25, n)))
      for (const more of [0, 1, 100, 9_999]) expect(xem(n * 10_000 + more)).toBe(expected)
    }
    for (const large of [250_000, 250_001, 500_000, 1_000_000_000]) expect(xem(large)).toBe(25n)
  })

  it.each([
    [1_200, 1, 2n],
    [1_200, 31, 2n],
    [1_200, 32, 3n],
    [1_200, 63, 3n],
    [1_200, 64, 4n],
    [1_200, 320, 12n],
    [10_000, 96, 5n],
    [100_000, 128, 15n],
    [2_000_000, 128, 30n],
  ])("of %i XEM with a message of %i bytes is %i units", (amount, bytes, units) => {
    expect(xem(amount, bytes)).toBe(units)
  })

  it("is one unit of a small business's mosaic, and of one of which there is none", () => {
    for (let thousands = 1n; thousands <= 10n; thousands++) {
      const small = { supply: thousands * 1_000n, divisibility: 0 }
      expect(of(small, thousands * 1_000n)).toBe(1n)
    }
    expect(of({ supply: 11_000n, divisibility: 0 }, 1_000n)).toBe(4n)
    expect(of({ supply: 1_000n, divisibility: 1 }, 1_000n)).toBe(3n)
    expect(of({ supply: 0n, divisibility: 3 }, 1_000_000n)).toBe(1n)
  })

  it.each([
    [12n, 1n],
    [111_000n, 1n],
    [1_222_000n, 1n],
    [1_223_000n, 2n],
    [1_333_000n, 2n],
    [1_334_000n, 3n],
    [1_445_000n, 4n],
    [2_112_000n, 10n],
    [2_778_000n, 16n],
    [100_000_000n, 16n],
  ])("of %i parts of a mosaic of a hundred million in thousandths is %i units", (parts, units) => {
    expect(of({ supply: 100_000_000n, divisibility: 3 }, parts)).toBe(units)
    expect(of({ supply: 100_000_000n, divisibility: 3 }, parts, 15)).toBe(units + 1n)
  })
})

describe("a staged world of NEM", () => {
  it("has nobody send but who signs and pays, the fee that the rule says or that of all he had", () => {
    let emptied = 0
    for (const { from, payer, fee, asset, amount, memo } of transfers) {
      expect(payer).toBe(from)
      expect(amount).toBeGreaterThan(0n)
      const least = nemTransferFee(mosaicOf(asset), amount, memo.length)
      if (fee === least) continue
      emptied++
      expect(asset).toBe("XEM")
      expect(fee).toBe(nemTransferFee(null, amount + fee, memo.length))
      expect(fee - least).toBe(UNIT)
    }
    expect(emptied).toBeLessThan(transfers.length / 100)
  })

  it("refuses what only a contract could write", () => {
    const [one, other] = accounts
    if (one === undefined || other === undefined) throw new Error("there is nobody")
    expect(() => world.book.forge(one, other, one, "XEM", 0n)).toThrow("only the signer sends")
    expect(() => world.book.andMove(one, other, "XEM", 1n)).toThrow("only the signer sends")
  })

  it("has no more of anything than there can be", () => {
    const sums = new Map<string, bigint>()
    for (const { asset, amount } of endowments) sums.set(asset, (sums.get(asset) ?? 0n) + amount)
    for (const [asset, sum] of sums) {
      const { supply, divisibility } = mosaicOf(asset) ?? { supply: 8_999_999_999n, divisibility: 6 }
      expect(sum).toBeLessThanOrEqual(supply * 10n ** BigInt(divisibility))
    }
    expect(sums.size).toBeGreaterThan(3)
  })

  it("has addresses with checksums that hold, but of those that were made to look like others", () => {
    const { vanity } = world.population
    let made = 0
    for (const account of accounts) {
      if (account.use === "forged" || vanity.includes(account)) {
        made++
        expect(account.address).toMatch(/^N[A-D][A-Z2-7]{38}$/)
        expect(() => checkNemAddress(account.address)).toThrow("address-checksum")
      } else expect(checkNemAddress(account.address)).toBe(account.address)
    }
    expect(made).toBeGreaterThan(50)
  })

  it("has a message wherever one account takes for many, and nowhere else", () => {
    const { exchanges, poisoners, spammer } = world.population
    const shared = new Set(exchanges.filter(({ kind }) => kind === "memo").map(({ hot }) => hot))
    const strangers = new Set([spammer, ...poisoners].map(({ holder }) => holder))
    let written = 0
    for (const { from, to, memo } of transfers) {
      if (memo !== "") written++
      const isDeposit = shared.has(to) && !strangers.has(from.holder) && from.holder !== to.holder
      expect(memo !== "", `${from.use} to ${to.use}`).toBe(isDeposit)
    }
    expect(written).toBeGreaterThan(500)
  })
})
