import { describe, expect, it } from "vitest"
import type { CasePrice } from "../../src/casefile/case.ts"
import { rounded, worth } from "../../src/reports/html/worth.ts"

const price = (basis: Partial<CasePrice>): CasePrice => ({
  id: "p",
  asset: "XEM",
  currency: "JPY",
  date: "2018-01-28",
  sources: ["S"],
  note: { en: "", ja: "" },
  ...basis,
})

const value = (amount: bigint, decimals: number, basis: Partial<CasePrice>): bigint | null => {
  const exact = worth(amount, decimals, price(basis))
  return exact === null ? null : rounded(exact)
}

describe("what an amount is worth", () => {
  it("is exact for the refund of 2018: 526,300,010 XEM at 88.549 yen", () => {
    // 526300010 * 88.549 = 46603339585.49
    expect(value(526_300_010_000_000n, 6, { price: "88.549" })).toBe(46_603_339_585n)
  })

  it("is a share of a published total", () => {
    expect(value(526_300_000_000_000n, 6, { total: "58000000000", of: "526300000000000" })).toBe(
      58_000_000_000n,
    )
    expect(value(1n, 6, { total: "0.3", of: "3" })).toBe(0n)
    expect(value(20n, 6, { total: "0.3", of: "4" })).toBe(2n)
  })

  it("rounds once, to the nearest, a half upwards", () => {
    expect(value(1n, 0, { price: "0.5" })).toBe(1n)
    expect(value(1n, 0, { price: "0.499999999999999999999999" })).toBe(0n)
    expect(value(3n, 0, { price: "0.5" })).toBe(2n)
    expect(value(1n, 1, { price: "24.9" })).toBe(2n)
  })

  it("keeps every digit of amounts beyond any float", () => {
    const amount = (1n << 256n) - 1n
    expect(value(amount, 0, { price: "1" })).toBe(amount)
    expect(value(amount, 18, { price: "1000000000000000000" })).toBe(amount)
    expect(value(401_346_768_858_404_671_846_374n, 18, { price: "2790.123456789012345678" })).toBe(
      1_119_807_034n,
    )
  })

  it("is not made up where the basis is incomplete", () => {
    for (const basis of [
      {},
      { total: "5" },
      { of: "5" },
      { total: "5", of: "0" },
      { price: "1e3" },
      { price: "" },
    ]) {
      expect(value(1n, 0, basis)).toBeNull()
    }
  })
})
