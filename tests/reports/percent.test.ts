import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { ClusterRate } from "../../src/contracts/cluster.ts"
import { clusterMessages } from "../../src/messages/cluster.ts"
import type { Context } from "../../src/reports/html/context.ts"
import { ratesList } from "../../src/reports/html/rates-list.ts"
import { percent, percentOfEnd } from "../../src/reports/text/percent.ts"
import { ratesLines } from "../../src/reports/text/rates-text.ts"

/** Long division on paper: per mille digit by digit, one more digit to round by. */
function onPaper(right: number, of: number): string {
  let rest = BigInt(right)
  const digits: bigint[] = []
  for (let place = 0; place < 5; place++) {
    digits.push(rest / BigInt(of))
    rest = (rest % BigInt(of)) * 10n
  }
  const [whole = 0n, tenths = 0n, hundredths = 0n, thousandths = 0n, next = 0n] = digits
  let perMille = whole * 1000n + tenths * 100n + hundredths * 10n + thousandths
  if (next >= 5n) perMille++
  if (perMille === 1000n && right < of) perMille = 999n
  if (perMille === 0n && right > 0) perMille = 1n
  const text = perMille.toString().padStart(2, "0")
  return `${text.slice(0, -1)}.${text.slice(-1)} %`
}

const counts = fc
  .tuple(fc.nat({ max: 20_000_000 }), fc.integer({ min: 1, max: 20_000_000 }))
  .map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)])
/** Shares near what is all or nothing, and those that stand on a half. */
const edges = fc.oneof(
  fc.integer({ min: 1, max: 100_000 }).map((of): [number, number] => [of - 1, of]),
  fc.integer({ min: 1, max: 100_000 }).map((of): [number, number] => [1, of]),
  fc.integer({ min: 1, max: 100_000 }).map((of): [number, number] => [of, of]),
  fc.integer({ min: 1, max: 100_000 }).map((of): [number, number] => [0, of]),
  fc.nat({ max: 1999 }).map((half): [number, number] => [half, 2000]),
)

describe("a share in percent", () => {
  it.each([
    [176_379, 178_352, "98.9 %"],
    [216_335, 15_578_638, "1.4 %"],
    [9_996, 10_000, "99.9 %"],
    [1_999, 2_000, "99.9 %"],
    [9_994, 10_000, "99.9 %"],
    [4, 10_000, "0.1 %"],
    [1, 1_000_000, "0.1 %"],
    [0, 7, "0.0 %"],
    [7, 7, "100.0 %"],
    [1, 2_000, "0.1 %"],
    [25, 2_000, "1.3 %"],
  ])("%i of %i is %s", (right, of, text) => {
    expect(percent(right, of)).toBe(text)
  })

  it("is what long division on paper gives, rounded half up, and never all or nothing of what is neither", () => {
    fc.assert(
      fc.property(fc.oneof(counts, edges), ([right, of]) => {
        expect(percent(right, of)).toBe(onPaper(right, of))
        expect(percent(right, of) === "100.0 %").toBe(right === of)
        expect(percent(right, of) === "0.0 %").toBe(right === 0)
      }),
      { numRuns: 3000 },
    )
  })

  it("is rounded the same at the ends of an interval", () => {
    expect([0, 0.00002, 0.9815, 0.9879, 0.9997, 1].map(percentOfEnd)).toEqual([
      "0.0 %",
      "0.1 %",
      "98.2 %",
      "98.8 %",
      "99.9 %",
      "100.0 %",
    ])
  })

  it("stands so beside an answer, in both languages", () => {
    const rate: ClusterRate = {
      heuristic: "coinjoin",
      counted: "transaction",
      precision: { right: 5_987, of: 6_077, interval: [0.9815, 0.9879] },
      recall: null,
      worlds: "w",
      seeds: [1, 2],
    }
    for (const language of ["en", "ja"] as const) {
      const [, line = ""] = ratesLines([rate], clusterMessages(language))
      expect([...line.matchAll(/\d+\.\d %/g)].map(String)).toEqual(["98.5 %", "98.2 %", "98.8 %"])
      const html = ratesList({ input: { trace: { rates: [rate] } }, language } as unknown as Context)
      expect(html?.markup).toContain(`<li>${line.replace("- ", "")}</li>`)
    }
  })
})
