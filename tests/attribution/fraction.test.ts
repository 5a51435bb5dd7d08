import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { compare, fraction, parseDecimal, roundedText } from "../../src/attribution/fraction.ts"

const above0 = fc.record({ n: fc.bigInt(1n, 10n ** 20n), d: fc.bigInt(1n, 10n ** 20n) })
const read = (text: string) => {
  const [whole = "", decimals = ""] = text.split(".")
  return fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length))
}

describe("printed numbers", () => {
  it("never lie on the wrong side of what was computed, and within one part in a hundred of it", () => {
    fc.assert(
      fc.property(above0, ({ n, d }) => {
        const value = fraction(n, d)
        const [down, up] = [read(roundedText(value, "down")), read(roundedText(value, "up"))]
        expect(compare(down, value)).toBeLessThanOrEqual(0)
        expect(compare(up, value)).toBeGreaterThanOrEqual(0)
        expect(compare(fraction(up.n * 100n, up.d), fraction(down.n * 101n, down.d))).toBeLessThanOrEqual(0)
      }),
    )
  })

  it.each([
    [1n, 8n, "0.125", "0.125"],
    [2n, 3n, "0.666", "0.667"],
    [1234567n, 1n, "1230000", "1240000"],
    [9999n, 10n, "999", "1000"],
    [1n, 1000000n, "0.000001", "0.000001"],
    [100n, 1n, "100", "100"],
    [0n, 1n, "0", "0"],
  ])("%s/%s is printed from %s to %s", (n, d, down, up) => {
    expect([roundedText(fraction(n, d), "down"), roundedText(fraction(n, d), "up")]).toEqual([down, up])
  })
})

describe("decimals", () => {
  it("are read exactly", () => expect(parseDecimal("0.1")).toEqual({ n: 1n, d: 10n }))

  it.each(["", "-0.1", ".5", "1.", "1e3", "0.1234567890123", " 1", "0,5", "Infinity"])(
    "are not read from %j",
    text => expect(parseDecimal(text)).toBeNull(),
  )
})
