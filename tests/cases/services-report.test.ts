import { describe, expect, it } from "vitest"
import type { Arrival, LabelSaid, StoppedBy, TraceDocument } from "../../src/contracts/trace.ts"
import { renderReport } from "../../src/reports/html/report.ts"
import { traceText } from "../../src/reports/text/trace-text.ts"
import { inputOf, traceOf } from "../reports/trace-of.ts"
import { faultOf } from "../reports/well-formed.ts"

const SAID: LabelSaid = {
  label: "Exch 7",
  actor: "exch",
  category: "exchange",
  abuse: null,
  confidence: null,
  list: "Wallets of exchanges",
  source: "https://example.org/hot",
  seen: "2020-02-02",
  sanction: false,
}
const PATTERN: StoppedBy = {
  kind: "deposit-address",
  grade: "inferred",
  via: "hot",
  transactions: ["f".repeat(64), "e".repeat(64)],
  transactionsLeftOut: 5,
  cannotRuleOut: ["only-customer", "a code to come"],
  labels: [SAID],
  disagree: false,
}

/** Payments of a thief: three to two deposit addresses of an exchange, one to its hot wallet, one to a cluster's member. */
function document(stops: Readonly<Record<string, StoppedBy>>): TraceDocument {
  const services = { hot: "Exch", deposit1: "Exch", deposit2: "Exch", member: "Exch" }
  const made = traceOf(
    [
      { from: null, to: "thief", amount: 1000n },
      { from: "thief", to: "deposit1", amount: 100n, tx: "t1" },
      { from: "thief", to: "deposit1", amount: 110n, tx: "t2" },
      { from: "thief", to: "deposit2", amount: 200n, tx: "t3" },
      { from: "thief", to: "hot", amount: 300n, tx: "t4" },
      { from: "thief", to: "member", amount: 290n, tx: "t5" },
    ],
    { services, decimals: 0 },
  )
  const known = (arrival: Arrival): Arrival => {
    const by = stops[arrival.address]
    return by === undefined ? arrival : { ...arrival, stoppedBy: by }
  }
  const answers = made.answers.map(answer => ({
    ...answer,
    rules: Object.fromEntries(
      Object.entries(answer.rules).map(([rule, own]) => [
        rule,
        { ...own, arrivals: own.arrivals.map(known) },
      ]),
    ),
  }))
  return { ...made, answers, labels: { asOf: "2026-01-01", count: 12 } }
}

const STOPS = {
  hot: { kind: "label", labels: [SAID], disagree: false },
  deposit1: PATTERN,
  deposit2: { ...PATTERN, transactions: ["d".repeat(64)] },
  member: { ...PATTERN, kind: "cluster", cannotRuleOut: ["payjoin"] },
} as const satisfies Record<string, StoppedBy>

const spoken = (page: string): string =>
  page
    .replace(/<style>[\s\S]*?<\/style>/, "")
    .replace(/<wbr>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")

const textOf = (trace: TraceDocument, language: "en" | "ja" = "en") =>
  traceText({ document: trace, caseFile: null, grades: new Map(), passed: null }, language, 200)

describe("arrivals in text", () => {
  it("stand per service and, below it, per deposit address", () => {
    const lines = textOf(document(STOPS)).split("\n")
    const at = lines.findIndex(line => line.startsWith("Arrived at services"))
    expect(lines.slice(at + 1, at + 5)).toEqual([
      "  Exch: 1,000 XEM (5 arrivals)",
      "    deposit address deposit1: 210 XEM (2 arrivals)",
      "    deposit address deposit2: 200 XEM (1 arrival)",
      "",
    ])
  })

  it("say by which label or pattern, with the transactions and what they cannot rule out", () => {
    const text = textOf(document(STOPS))
    expect(text).toContain("t4; by label")
    expect(text).toContain("t3; by pattern: deposit address")
    expect(text).toContain("t5; by pattern: cluster")
    expect(text).toContain(
      'hot: labelled "Exch 7" (exchange) by Wallets of exchanges from https://example.org/hot, as of 2020-02-02',
    )
    expect(text).toContain(`Transactions that show it: ${"f".repeat(64)} ${"e".repeat(64)} and 5 more`)
    expect(text).toContain(
      "What it cannot rule out: that it is a customer's own wallet, which so far has paid only this service; a code to come",
    )
    expect(text).toContain("deposit1: by its record a deposit address: it only forwards to hot (inferred)")
  })
})

describe("arrivals in the report", () => {
  it.each(["en", "ja"] as const)("%s: say it too, on a well-formed page", language => {
    const page = renderReport(inputOf(document(STOPS)), language)
    expect(faultOf(page)).toBeNull()
    expect(page).not.toMatch(/undefined|NaN|\[object/)
    const text = spoken(page)
    for (const said of ["Exch 7", "Wallets of exchanges", "2020-02-02", "f".repeat(64), "2026-01-01"]) {
      expect(text).toContain(said)
    }
    expect(page).toContain('href="https://example.org/hot"')
  })

  it("sum each deposit address that was paid more than once", () => {
    const text = spoken(renderReport(inputOf(document(STOPS)), "en"))
    expect(text).toContain("Sum for deposit address deposit1")
    expect(text).not.toContain("Sum for deposit address deposit2")
    expect(text).toContain("Sum for Exch")
  })

  it("make no markup of what a list says, and no link of what is no address on the web", () => {
    const evil = '<img src=x onerror="1">\u202e'
    const said = { ...SAID, label: evil, list: evil, source: "javascript:alert(1)", category: evil }
    const trace = document({
      ...STOPS,
      hot: { kind: "label", labels: [said], disagree: true },
      member: { ...STOPS.member, via: evil, cannotRuleOut: [evil], transactions: [evil], labels: [said] },
    })
    const page = renderReport(inputOf(trace), "en")
    expect(faultOf(page)).toBeNull()
    expect(page).not.toMatch(/<img|href="javascript/)
    expect(textOf(trace)).not.toContain("\u202e")
  })
})
