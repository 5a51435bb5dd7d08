import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { achScores } from "../../src/attribution/ach.ts"
import { reliabilityOf } from "../../src/attribution/admiralty.ts"
import { capped, discounted } from "../../src/attribution/discount.ts"
import type { Body, Evidence } from "../../src/attribution/evidence.ts"
import { NO_CHANGE } from "../../src/attribution/evidence.ts"
import {
  compare,
  type Fraction,
  fraction,
  fractionText,
  inverse,
  ONE,
  parseDecimal,
  ZERO,
} from "../../src/attribution/fraction.ts"
import { posteriors } from "../../src/attribution/posterior.ts"
import { wordsOf } from "../../src/attribution/quote-words.ts"
import { chanceOf, supportOf } from "../../src/attribution/verbal.ts"
import { weigh } from "../../src/attribution/weigh.ts"

const decimal = (text: string): Fraction => {
  const value = parseDecimal(text)
  if (value === null) throw new Error(text)
  return value
}
const band = (low: string, high: string) => ({ low: decimal(low), high: decimal(high) })
const item = (
  id: string,
  group: string,
  a: readonly [string, string],
  b: readonly [string, string],
  more: Partial<Evidence> = {},
): Evidence => ({
  id,
  group,
  claims: ["C"],
  reliability: ONE,
  overlap: ONE,
  bands: new Map([
    ["A", band(...a)],
    ["B", band(...b)],
  ]),
  consistency: new Map(),
  known: true,
  ...more,
})
const claim = { id: "C", derivedFrom: [] } as unknown as Body["claims"][number]
const bodyOf = (misleading: string, ...evidence: Evidence[]): Body => ({
  hypotheses: ["A", "B"],
  claims: [claim],
  evidence,
  misleading: decimal(misleading),
})
const only = (body: Body) => {
  const [answer] = weigh(body, NO_CHANGE)
  if (answer === undefined) throw new Error("no pair")
  return answer
}
const text = ({ low, high }: { low: Fraction; high: Fraction | null }) => [
  fractionText(low),
  high === null ? null : fractionText(high),
]

describe("a ratio", () => {
  it("is drawn toward 1 by r: 9 at r = 1/8 is 2, and 1/9 is 1/2", () => {
    const r = fraction(1n, 8n)
    expect(text(discounted({ low: fraction(1n, 9n), high: fraction(9n, 1n) }, r))).toEqual(["1/2", "2"])
  })

  it("is held by the cap: at m = 1/10 it is 10 without an upper end, 91/10 -> 5 by hand, and 1/10 at 0", () => {
    const m = fraction(1n, 10n)
    expect(text(capped({ low: ZERO, high: null }, m))).toEqual(["1/10", "10"])
    // 1 / (0.9 / 9 + 0.1) = 1 / 0.2
    expect(text(capped({ low: ONE, high: fraction(9n, 1n) }, m))).toEqual(["1", "5"])
  })

  it("is the inverse of the ratio turned about, after discount and after cap, and neither crosses 1 nor grows", () => {
    const positive = fc.record({ n: fc.bigInt(1n, 10n ** 6n), d: fc.bigInt(1n, 10n ** 6n) })
    const share = fc.bigInt(1n, 100n).map(n => fraction(n, 100n))
    fc.assert(
      fc.property(positive, share, ({ n, d }, part) => {
        const ratio = fraction(n, d)
        for (const rule of [discounted, capped]) {
          const one = rule({ low: ratio, high: ratio }, part).low
          const turned = rule({ low: inverse(ratio), high: inverse(ratio) }, part).low
          expect(fractionText(inverse(one))).toBe(fractionText(turned))
          const side = compare(ratio, ONE)
          expect(compare(one, ONE) * side).toBeGreaterThanOrEqual(0)
          expect(compare(one, ratio) * side).toBeLessThanOrEqual(0)
        }
      }),
    )
  })

  it("has no upper end where the alternative's band starts at 0, until the cap gives it one", () => {
    const answer = only(bodyOf("0.05", item("E", "G", ["0.5", "0.9"], ["0", "0.1"])))
    expect(text(answer.product)).toEqual(["5", null])
    expect(fractionText(answer.capped.high)).toBe("20")
  })
})

describe("a group", () => {
  it("counts its strongest whole and the others by what their overlap leaves", () => {
    const weak = item("weak", "G", ["0.2", "0.2"], ["0.1", "0.1"], { overlap: decimal("0.5") })
    const strong = item("strong", "G", ["0.4", "0.4"], ["0.1", "0.1"])
    const { items, product } = only(bodyOf("0.1", weak, strong))
    expect(items.map(({ standing }) => standing)).toEqual(["overlapping", "strongest"])
    // 4 times (1 + 0.5 (2 - 1))
    expect(text(product)).toEqual(["6", "6"])
  })

  it("counts a second item not at all where it overlaps wholly; in a group of its own it would multiply", () => {
    const twice = (group: string) =>
      only(
        bodyOf(
          "0.1",
          item("a", "G", ["0.4", "0.4"], ["0.1", "0.1"]),
          item("b", group, ["0.4", "0.4"], ["0.1", "0.1"]),
        ),
      )
    expect(text(twice("G").product)).toEqual(["4", "4"])
    expect(text(twice("H").product)).toEqual(["16", "16"])
  })

  it("takes the wider of two that hold 1, so that what is open stays open", () => {
    const narrow = item("narrow", "G", ["0.2", "0.3"], ["0.2", "0.3"])
    const wide = item("wide", "G", ["0.1", "0.5"], ["0.1", "0.5"])
    expect(only(bodyOf("0.1", narrow, wide)).items.map(({ standing }) => standing)).toEqual([
      "overlapping",
      "strongest",
    ])
  })
})

describe("a group of items without an upper end", () => {
  it.each([
    ["open above", "closed", ["strongest", "overlapping"]],
    ["closed", "open above", ["overlapping", "strongest"]],
    ["open above", "open above", ["strongest", "overlapping"]],
  ])("%s, then %s: the one that leaves more open, or the first", (first, second, standings) => {
    const made = (id: string, kind: string) =>
      item(id, "G", ["0.1", "0.5"], [kind === "closed" ? "0.1" : "0", "0.5"])
    const { items } = only(bodyOf("0.1", made("a", first), made("b", second)))
    expect(items.map(({ standing }) => standing)).toEqual(standings)
  })
})

describe("posteriors", () => {
  it("follow from the priors by Bayes: 1/4 at a ratio of 3 is even", () => {
    const answers = weigh(bodyOf("0.0001", item("E", "G", ["0.3", "0.3"], ["0.1", "0.1"])), NO_CHANGE)
    const [a, b] = posteriors(
      new Map([
        ["A", decimal("0.25")],
        ["B", decimal("0.75")],
      ]),
      answers,
    )
    // The cap takes a little: 1 / (0.9999 / 3 + 0.0001) = 1 / 0.3334 = 5000/1667; P = 5000 / (5000 + 3 x 1667).
    const odds = answers[0]?.capped.low
    expect(odds && fractionText(odds)).toBe("5000/1667")
    expect(a && fractionText(a.low)).toBe(fractionText(fraction(5000n, 5000n + 3n * 1667n)))
    expect(a && b && compare(fraction(a.low.n * b.low.d + b.low.n * a.low.d, a.low.d * b.low.d), ONE)).toBe(0)
  })

  it("leave a prior of 0 at 0", () => {
    const answers = weigh(bodyOf("0.1", item("E", "G", ["0.3", "0.3"], ["0.1", "0.1"])), NO_CHANGE)
    const [a, b] = posteriors(
      new Map([
        ["A", ZERO],
        ["B", ONE],
      ]),
      answers,
    )
    expect([a && text(a), b && text(b)]).toEqual([
      ["0", "0"],
      ["1", "1"],
    ])
  })
})

describe("words", () => {
  it.each([
    ["1", "none", null],
    ["1.99", "below-scale", "for"],
    ["2", "weak", "for"],
    ["9.99", "weak", "for"],
    ["10", "moderate", "for"],
    ["100", "moderately-strong", "for"],
    ["1000", "strong", "for"],
    ["10000", "very-strong", "for"],
    ["1000000", "extremely-strong", "for"],
    ["0.5", "weak", "against"],
    ["0.1", "moderate", "against"],
  ])("of ENFSI for %s: %s", (ratio, support, of) =>
    expect(supportOf(decimal(ratio))).toEqual({ support, of }),
  )

  it.each([
    ["0", "almost-no-chance"],
    ["0.05", "very-unlikely"],
    ["0.2", "unlikely"],
    ["0.45", "roughly-even"],
    ["0.55", "likely"],
    ["0.8", "very-likely"],
    ["0.95", "almost-certain"],
  ])("of ICD 203 for %s: %s", (probability, word) => expect(chanceOf(decimal(probability))).toBe(word))

  it.each([
    ["there was no hard evidence", 5],
    ["it's possible, but not", 4],
    ["間接的な証拠しかない", 5],
    ["総額 : 5億2300万XEM", 5],
    ["", 0],
    ["- : !", 0],
  ])("of the quote %j are %i", (quote, count) => expect(wordsOf(quote)).toBe(count))
})

describe("the grade and the matrix", () => {
  it.each([
    ["A1", "1"],
    ["B2", "9/16"],
    ["C4", "1/8"],
    ["D5", "0"],
    ["F6", "1/4"],
  ])("%s keeps %s", (grade, share) => expect(fractionText(reliabilityOf(grade))).toBe(share))

  it("counts contradiction alone", () => {
    const of = (a: "CC" | "I", b: "N" | "II") =>
      item("E", "G", ["0.1", "0.2"], ["0.1", "0.2"], {
        consistency: new Map([
          ["A", a],
          ["B", b],
        ]),
      })
    const scores = achScores(["A", "B"], [of("CC", "II"), of("I", "N")])
    expect(scores.map(({ inconsistency }) => inconsistency)).toEqual([1, 2])
  })
})
