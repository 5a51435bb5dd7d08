import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  addDecimals,
  decimalOf,
  decimalText,
  subtractDecimals,
} from "../../src/attribution/incident-decimal.ts"
import { filterIncidents, groupIncidents } from "../../src/attribution/incident-group.ts"
import { amountTotals, valueRanges, valueTotals } from "../../src/attribution/incident-range.ts"
import { checkSum, type PublishedSum } from "../../src/attribution/incident-sum.ts"
import { claim, incidentFiles, incidentOf, made, textOf, usd } from "./register.ts"

const register = incidentFiles().map(name => incidentOf(name.replace(".json", "")))
const sumOf = (id: string) => JSON.parse(textOf(`sums/${id}.json`)) as PublishedSum

describe("exact decimals", () => {
  it("add and subtract without a float", () => {
    const sum = addDecimals(decimalOf("0.1"), decimalOf("0.2"))
    expect(decimalText(sum)).toBe("0.3")
    expect(decimalText(subtractDecimals(decimalOf("571"), decimalOf("571.3")))).toBe("-0.3")
  })

  it("agree with whole hundredths on any two numbers", () => {
    const cents = fc.bigInt({ min: 0n, max: 10n ** 30n })
    const text = (value: bigint) => decimalText({ units: value, decimals: 2 })
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        expect(decimalText(addDecimals(decimalOf(text(a)), decimalOf(text(b))))).toBe(text(a + b))
      }),
    )
  })
})

describe("a published total", () => {
  it("of $571 million is 534 + 32 + 5.3, Coinis and Youbit uncounted: 0.3 million over", () => {
    const checked = checkSum(sumOf("un-571"), register)
    expect(checked.parts.map(({ incident, value }) => [incident.id, value?.amount ?? null])).toEqual([
      ["coincheck-2018-01", "534000000"],
      ["bithumb-2018-06", "32000000"],
      ["yapizon-2017-04", "5300000"],
      ["coinis-2017-09", null],
      ["youbit-2017-12", null],
    ])
    expect(checked).toMatchObject({
      total: "571300000",
      difference: "300000",
      verdict: "rounded",
      verified: false,
    })
  })

  it("of $882 million cannot be reproduced, because members of it are unnamed", () => {
    expect(checkSum(sumOf("group-ib-882"), register)).toMatchObject({
      total: "741300000",
      verdict: "parts-missing",
    })
  })

  it("of nearly $660 million is 659.13", () => {
    expect(checkSum(sumOf("joint-2025"), register)).toMatchObject({ total: "659130000", verdict: "rounded" })
  })

  it.each([
    ["571000000", "exact"],
    ["571400000", "rounded"],
    ["570400000", "off"],
    ["572000000", "off"],
  ])("stated as 571 million with parts of %s is %s", (amount, verdict) => {
    const sum = { ...sumOf("un-571"), parts: [{ incident: "a", value: "v", why: { en: "", ja: "" } }] }
    expect(checkSum(sum, [made("a", { values: [usd("v", amount)] })]).verdict).toBe(verdict)
  })
})

describe("ranges and sums", () => {
  const slip = { ...usd("slip", "9"), correction: { en: "wrong", ja: "誤り" } }
  const unread = { ...usd("unread", "1"), verified: false }

  it("run from the least to the most of the claims that count", () => {
    const incident = made("a", { values: [usd("x", "5"), usd("y", "3.5"), slip, unread] })
    expect(valueRanges(incident)).toEqual([
      { currency: "USD", priced: "unstated", least: "3.5", most: "5", claims: ["x", "y"] },
    ])
  })

  it("keep currencies and price dates apart, and say who lacks a figure", () => {
    const at = { ...usd("z", "7"), priced: "theft" as const }
    const yen = { ...usd("j", "100"), currency: "JPY" }
    const totals = valueTotals([
      made("a", { values: [usd("x", "5"), at] }),
      made("b", { values: [yen, usd("y", "6")] }),
    ])
    expect(
      totals.map(({ currency, priced, least, most, without }) => [currency, priced, least, most, without]),
    ).toEqual([
      ["USD", "unstated", "11", "11", []],
      ["USD", "theft", "7", "7", ["b"]],
      ["JPY", "unstated", "100", "100", ["a"]],
    ])
  })

  it("sum assets in smallest units, beyond what a float holds", () => {
    const wei = (id: string, amount: string) => ({
      ...claim(id),
      asset: "ETH",
      decimals: 18,
      amount,
      relation: "exact" as const,
    })
    const [total] = amountTotals([
      made("a", { amounts: [wei("x", "401346768858404671846374")] }),
      made("b", { amounts: [wei("y", "1")] }),
    ])
    expect(total?.most).toBe("401346768858404671846375")
  })
})

describe("grouping by who is said to have done it", () => {
  const said = (id: string, actor: string, stance: "asserted" | "weakened" = "asserted") => ({
    ...claim(id),
    actor,
    stance,
  })

  it("puts an incident under each name with its claims, marks dispute, and merges no two names", () => {
    const incident = made("a", { actors: [said("x", "Lazarus"), said("y", "Lazarus Group")] })
    const groups = groupIncidents([incident, made("b")], "actor")
    expect(
      groups.map(({ key, members }) => [key, members.map(({ claims, disputed }) => [claims, disputed])]),
    ).toEqual([
      ["Lazarus", [[["x"], true]]],
      ["Lazarus Group", [[["y"], true]]],
      [null, [[[], false]]],
    ])
  })

  it("finds a dispute where the one name was taken back", () => {
    const [group] = groupIncidents(
      [made("a", { actors: [said("x", "L"), said("y", "L", "weakened")] })],
      "actor",
    )
    expect(group?.members[0]?.disputed).toBe(true)
  })

  it("puts Coincheck under Lazarus and under cybercriminals of East Europe or Russia alike", () => {
    const keys = groupIncidents([incidentOf("coincheck-2018-01")], "actor").map(({ key }) => key)
    expect(keys).toContain("Lazarus")
    expect(keys).toContain("Cybercriminals based in East Europe or Russia")
  })

  it("filters by part of a name, year and country", () => {
    const ids = (filter: object) =>
      filterIncidents(register, { actor: null, year: null, country: null, ...filter }).map(({ id }) => id)
    expect(ids({ actor: "tradertraitor" }).sort()).toEqual(["bybit-2025-02", "dmm-bitcoin-2024-05"])
    expect(ids({ year: "2018", country: "JP" }).sort()).toEqual(["coincheck-2018-01", "zaif-2018-09"])
  })
})
