import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import type { CaseFile } from "../../src/casefile/case.ts"
import type { AssetAnswer, TraceDocument } from "../../src/contracts/trace.ts"
import { reportEn } from "../../src/messages/report.en.ts"
import { reportJa } from "../../src/messages/report.ja.ts"
import { bundledCases } from "../../src/readers/case-file.ts"
import { renderReport } from "../../src/reports/html/report.ts"
import { caseSaying } from "./case-of.ts"
import { figures, inputOf, type Payment, traceOf } from "./trace-of.ts"
import { faultOf } from "./well-formed.ts"

const PAYMENTS: readonly Payment[] = [
  { from: null, to: "a", amount: 1000n, time: "2018-01-25T15:02:13Z", tx: "t1" },
  { from: "a", to: "b", amount: 400n },
  { from: "a", to: "shop", amount: 250n, time: "2018-02-06T15:12Z", tx: "t2" },
  { from: "b", to: null, amount: 100n },
]
const TRACE = traceOf(PAYMENTS, { services: { shop: "Shop" } })

const changed = (trace: TraceDocument, change: (answer: AssetAnswer) => AssetAnswer): TraceDocument => ({
  ...trace,
  answers: trace.answers.map(change),
})

/** What a page says, without its markup. */
const spoken = (page: string): string =>
  page
    .replace(/<style>[\s\S]*?<\/style>/, "")
    .replace(/<wbr>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")

describe("a report", () => {
  it.each(["en", "ja"] as const)("%s: is one well-formed page that loads and runs nothing", language => {
    for (const caseFile of [null, caseSaying("plain")]) {
      const page = renderReport(inputOf(TRACE, { caseFile }), language)
      expect(faultOf(page)).toBeNull()
      expect(page).toContain(`<html lang="${language}">`)
      expect(page).toContain(
        `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`,
      )
      expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|src=/)
      expect(page).not.toMatch(/undefined|NaN|\[object/)
      expect([...page.matchAll(/<h1>/g)]).toHaveLength(1)
      const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(match => match[1])
      expect(new Set(ids).size).toBe(ids.length)
      for (const [, anchor] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(anchor)
      for (const [tables] of page.matchAll(/<table[\s\S]*?<\/table>/g)) {
        expect(tables).toContain("<caption>")
        expect(tables).toContain('scope="col"')
        expect(tables).toContain('scope="row"')
      }
    }
  })

  it("is the same, byte for byte, for the same input", () => {
    const input = () => structuredClone(inputOf(TRACE, { caseFile: caseSaying("plain") }))
    expect(renderReport(input(), "ja")).toBe(renderReport(input(), "ja"))
  })

  it("says where the coins are and that it reconciles", () => {
    const page = spoken(renderReport(inputOf(TRACE), "en"))
    expect(page).toContain(
      "Of the 0.001 XEM declared stolen, 0.00065 XEM were held at the horizon; 0.00025 XEM arrived at services; 0.0001 XEM left to places that no record names.",
    )
    expect(page).toContain("Reconciles to the last unit of XEM under each of the 2 conserving rules")
    expect(page).toContain("same totals and the same amount at every place")
  })

  it("does not take the program's word for it that it reconciles", () => {
    const wrong = changed(TRACE, answer => {
      const own = answer.rules.fifo
      if (own === undefined) throw new Error("no fifo")
      const total = { ...own.total, held: (BigInt(own.total.held) + 1n).toString() }
      return { ...answer, rules: { ...answer.rules, fifo: { ...own, total } } }
    })
    const page = spoken(renderReport(inputOf(wrong), "en"))
    expect(page).toContain("Does not reconcile in XEM")
    expect(page).toContain("differ by 0.000001")
    expect(page).toContain("between 0.00065 XEM and 0.000651 XEM (depending on the rule)")
    expect(page).toContain("The rules do not agree on: Held at the horizon.")
  })

  it("says of poison that it conserves nothing, and draws nothing of it", () => {
    const reach = { held: "5000000", services: "7000000" }
    const poisoned = changed(TRACE, answer => ({
      ...answer,
      rules: { poison: { reconciles: null, reach, byTheft: {}, holdings: [], arrivals: [], flows: [] } },
    }))
    const page = renderReport(inputOf(poisoned), "en")
    expect(faultOf(page)).toBeNull()
    expect(spoken(page)).toContain("hold 5 XEM; payments of 7 XEM to services can have carried some")
    expect(spoken(page)).toContain("The poison rule conserves nothing")
    expect(spoken(page)).not.toContain("Reconciles")
    expect(page).not.toContain('<svg class="flow-svg"')
  })

  it("counts a unit of two thefts for each, and says how much collided", () => {
    const own = figures({ declared: 600n, held: 600n })
    const two = changed(TRACE, answer => ({
      ...answer,
      thefts: ["first", "second"].map(id => ({ id, refs: [id], declared: "600" })),
      rules: {
        fifo: {
          ...(answer.rules.fifo as NonNullable<AssetAnswer["rules"]["fifo"]>),
          byTheft: { first: { ...own, collided: "0" }, second: { ...own, collided: "200" } },
        },
      },
    }))
    const page = spoken(renderReport(inputOf(two), "en"))
    expect(page).toContain("The same for each theft (XEM)")
    expect(page).toContain("Of it traced already (collided) 0.0002")
  })

  it("prints no price without a source", () => {
    const page = spoken(renderReport(inputOf(TRACE), "en"))
    expect(page).toContain("There is no sourced price for XEM; none is printed.")
    expect(page).not.toMatch(/\u00a5|\$\d/)
  })

  it("sets a reported sum beside the trace, and adds it to nothing", () => {
    const caseFile = caseSaying("Shop")
    const page = spoken(renderReport(inputOf(TRACE, { caseFile }), "en"))
    expect(page).toContain("at least 0.000007 XEM Shop Shop: 0.00025 XEM")
  })

  it("tells look-alike letters by their numbers", () => {
    const page = spoken(renderReport(inputOf(TRACE, { caseFile: caseSaying("\u0415\u0422H") }), "en"))
    expect(page).toContain("U+0415 U+0422")
  })

  it("lists only the rules of the trace", () => {
    const page = renderReport(inputOf(TRACE), "en")
    expect(page).toContain("Devaynes v Noble (1816) 1 Mer 572")
    expect(page).not.toContain("Oatway")
  })

  it("says how many rows and flows it leaves out", () => {
    const many = traceOf(
      Array.from({ length: 5003 }, (_, at) => ({ from: null, to: `a${at}`, amount: BigInt(at + 1) })),
    )
    const page = spoken(renderReport(inputOf(many), "en"))
    expect(page).toContain("3 more rows are not printed here.")
  })
})

describe("the bundled cases", () => {
  const names = bundledCases()

  it.each(names)("%s: is told whole in both languages", name => {
    const caseFile = JSON.parse(
      readFileSync(new URL(`../../cases/${name}/case.json`, import.meta.url), "utf8"),
    ) as CaseFile
    const [asset] = caseFile.assets
    if (asset === undefined) throw new Error("no asset")
    const stolen = new Set(caseFile.thefts.flatMap(({ transfers }) => transfers))
    const payments = caseFile.transfers.flatMap(({ id, to, asset: own, amount, time }): Payment[] =>
      stolen.has(id) && own === asset.asset
        ? [{ from: null, to: to ?? null, amount: BigInt(amount), time }]
        : [],
    )
    const trace = traceOf(payments, asset)
    for (const language of ["en", "ja"] as const) {
      const page = renderReport(inputOf(trace, { caseFile }), language)
      expect(faultOf(page)).toBeNull()
      expect(page).not.toMatch(/undefined|NaN|\[object/)
      const text = spoken(page)
      for (const { id } of caseFile.transfers) expect(text).toContain(` ${id} `)
      for (const { address } of caseFile.addresses) expect(text).toContain(address)
      for (const { title } of caseFile.sources)
        expect(page).toContain(
          title.replaceAll("&", "&amp;").replaceAll("'", "&#39;").replaceAll('"', "&quot;"),
        )
    }
  })
})

describe("the texts of the report", () => {
  /** Names of all texts; a function with how many things it speaks of. */
  const shape = (value: unknown): unknown => {
    if (typeof value === "function") return value.length
    if (typeof value !== "object" || value === null) return typeof value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]))
  }

  it("are the same in both languages", () => {
    expect(shape(reportJa)).toEqual(shape(reportEn))
  })

  it("are not left in English", () => {
    const same: string[] = []
    const walk = (a: unknown, b: unknown, path: string): void => {
      if (typeof a === "string" && a === b) same.push(path)
      if (typeof a !== "object" || a === null) return
      for (const [key, inner] of Object.entries(a))
        walk(inner, (b as Record<string, unknown>)[key], `${path}.${key}`)
    }
    walk(reportEn, reportJa, "")
    expect(same).toEqual([])
  })
})
