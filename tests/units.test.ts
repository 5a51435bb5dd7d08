import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { formatAmount, MAX_AMOUNT, parseAmount } from "../src/units/amount.ts"
import { lastPositionOf, positionOf } from "../src/units/position.ts"
import { Problem } from "../src/units/problem.ts"
import { inJst, parseInstant } from "../src/units/time.ts"

const code = (run: () => unknown): string => {
  try {
    run()
    return "nothing thrown"
  } catch (error) {
    return error instanceof Problem ? error.code : String(error)
  }
}

describe("amounts", () => {
  it("reads what it writes, from 0 to 2^256 - 1", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: MAX_AMOUNT }),
        amount => parseAmount(amount.toString()) === amount,
      ),
    )
  })

  it("shows whole coins without rounding", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: MAX_AMOUNT }),
        fc.integer({ min: 0, max: 30 }),
        (amount, decimals) => {
          const [whole = "", fraction = ""] = formatAmount(amount, decimals).replaceAll(",", "").split(".")
          return BigInt(whole + fraction.padEnd(decimals, "0")) === amount
        },
      ),
    )
    expect(formatAmount(526_300_010_000_000n, 6)).toBe("526,300,010")
    expect(formatAmount(401_346_768_858_404_671_846_374n, 18)).toBe("401,346.768858404671846374")
    expect(formatAmount(1n, 8)).toBe("0.00000001")
    expect(formatAmount(1234n, 0)).toBe("1,234")
  })

  it.each([
    ["1.5", "amount-fraction"],
    ["-1", "amount-negative"],
    ["1e9", "amount-malformed"],
    ["007", "amount-malformed"],
    ["", "amount-malformed"],
    ["１２", "amount-malformed"],
    [(MAX_AMOUNT + 1n).toString(), "amount-too-large"],
    ["9".repeat(100_000), "amount-too-large"],
  ])("refuses %s", (text, expected) => expect(code(() => parseAmount(text))).toBe(expected))
})

describe("times", () => {
  it.each([
    ["2018-01-26T00:02:13+09:00", "2018-01-25T15:02:13Z"],
    ["2018-01-26T03:35+09:00", "2018-01-25T18:35Z"],
    ["2018-01-25T15:02:13Z", "2018-01-25T15:02:13Z"],
    ["2018-01-25T15:02:13.250Z", "2018-01-25T15:02:13Z"],
    ["1516892533", "2018-01-25T15:02:13Z"],
    ["", null],
  ])("%s is %s, as precise as it came", (text, expected) => expect(parseInstant(text)).toBe(expected))

  it.each([
    "2018-02-30T00:00:00Z",
    "2018-13-01T00:00:00Z",
    "2018-01-26T00:02:13",
    "2018-01-26",
    "yesterday",
    "2019-02-29T10:00+09:00",
  ])("refuses %s", text => expect(code(() => parseInstant(text))).toBe("time-malformed"))

  it("shows the Japanese clock", () => {
    expect(inJst("2018-01-25T15:02:13Z")).toBe("2018-01-26 00:02:13 JST")
    expect(inJst("2018-01-25T18:35Z")).toBe("2018-01-26 03:35 JST")
  })
})

describe("positions", () => {
  it("order by height, then place in the block, the coinbase last", () => {
    expect(positionOf(5, 2)).toBeGreaterThan(positionOf(5, 1))
    expect(lastPositionOf(5)).toBeGreaterThan(positionOf(5, 1_000_000))
    expect(positionOf(6, 0)).toBeGreaterThan(lastPositionOf(5))
    expect(Number.isSafeInteger(lastPositionOf(2 ** 26 - 1))).toBe(true)
  })
})
