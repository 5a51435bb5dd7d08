import { describe, expect, it } from "vitest"
import { renderReport } from "../../src/reports/html/report.ts"
import { periodsOf } from "../../src/reports/html/timeline-groups.ts"
import type { Time } from "../../src/units/time.ts"
import { inputOf, traceOf } from "./trace-of.ts"

const periods = (...times: readonly Time[]) => {
  const cut = periodsOf(times.map((time, item) => ({ time, item })))
  return [
    ...cut.periods.map(({ zoom, happenings }) => [zoom, happenings.length]),
    ["unknown", cut.unknown.length],
  ]
}

describe("the timeline", () => {
  it("has a scale of its own for a day, a month, and years", () => {
    expect(
      periods(
        "2018-01-26T00:02:13+09:00",
        "2018-01-25T15:04Z",
        "2018-01-25T23:26:00Z",
        "2018-02-02T00:00Z",
        "2018-02-20T00:00Z",
        { from: "2018-02-27T00:00Z", to: "2018-03-22T00:00Z" },
        "2020-03-11T00:00Z",
        "2024-07-16T00:00Z",
        null,
      ),
    ).toEqual([
      ["day", 3],
      ["month", 3],
      ["years", 2],
      ["unknown", 1],
    ])
  })

  it("is in order, and says a time that cannot be read as one on no record", () => {
    const { periods, unknown } = periodsOf([
      { time: "2020-01-02T00:00Z", item: "second" },
      { time: "2019-12-31T23:59Z", item: "first" },
      { time: "yesterday", item: "unreadable" },
    ])
    expect(periods.flatMap(({ happenings }) => happenings.map(({ item }) => item))).toEqual([
      "first",
      "second",
    ])
    expect(unknown.map(({ item }) => item)).toEqual(["unreadable"])
  })

  it("gives UTC, and JST beside it in Japanese", () => {
    const time = { from: "2018-01-25T15:04:00Z", to: "2018-01-25T15:09:00Z" }
    const input = inputOf(traceOf([{ from: null, to: "a", amount: 1n, time }]))
    const plain = (page: string) => page.replace(/<\/?time[^>]*>/g, "")
    expect(plain(renderReport(input, "en"))).toContain("2018-01-25 15:04:00 to 15:09:00 UTC")
    expect(renderReport(input, "en")).not.toContain("JST")
    const japanese = plain(renderReport(input, "ja"))
    expect(japanese).toContain("2018-01-25 15:04:00 〜 15:09:00 UTC")
    expect(japanese).toContain("2018-01-26 00:04:00 〜 00:09:00 JST")
  })

  it("puts many transfers in a row on one line, with their sum", () => {
    const payments = Array.from({ length: 20 }, (_, at) => ({
      from: at === 0 ? null : "a",
      to: at === 0 ? "a" : "b",
      amount: at === 0 ? 100_000_000n : 1_000_000n,
      time: `2018-01-25T15:${String(at + 10)}:00Z`,
    }))
    expect(renderReport(inputOf(traceOf(payments)), "en")).toContain("20 transfers, 119 XEM in all.")
  })
})
