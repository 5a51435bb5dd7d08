import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { shareAbove } from "../../../src/tracing/sweep/exact-share.ts"

const inBigInt = (s: number, c: number, t: number): number =>
  Number((BigInt(s) * BigInt(c) + BigInt(t) - 1n) / BigInt(t))

const amount = fc.oneof(
  fc.integer({ min: 1, max: 1000 }),
  fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  fc.bigInt(1n, 2n ** 53n - 1n).map(Number),
)

const factor = fc.integer({ min: 1, max: 2 ** 26 })

describe("a share in floating point is the share in whole numbers", () => {
  it("for any three amounts", () => {
    const three = fc.tuple(amount, amount, amount)
    fc.assert(
      fc.property(three, ([a, b, t]) => {
        const [s, c] = [a % (t + 1), b % (t + 1)]
        expect(shareAbove(s, c, t)).toBe(inBigInt(s, c, t))
      }),
      { numRuns: 20_000 },
    )
  })

  it("where the quotient is a whole number, or one beside it", () => {
    const parts = fc.tuple(factor, factor, factor)
    fc.assert(
      fc.property(parts, fc.integer({ min: -1, max: 1 }), ([x, y, z], beside) => {
        // s = x*y, t = x*max(y, z), so that s*c/t is near a whole number
        const t = x * Math.max(y, z)
        const s = Math.min(t, Math.max(0, x * y + beside))
        const c = Math.min(t, y * z)
        expect(shareAbove(s, c, t)).toBe(inBigInt(s, c, t))
      }),
      { numRuns: 20_000 },
    )
  })
})
