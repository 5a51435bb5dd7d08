import { describe, expect, it } from "vitest"
import type { AttributionFile } from "../../src/casefile/attribution-file.ts"
import { saidByOf } from "../../src/cases/attribute-case.ts"
import { renderReport } from "../../src/reports/html/report.ts"
import { inputOf, traceOf } from "../reports/trace-of.ts"
import { faultOf } from "../reports/well-formed.ts"
import { bundled } from "./answers.ts"

const trace = traceOf([{ from: null, to: "a", amount: 5n }])
const pageOf = (file: AttributionFile, language: "en" | "ja" = "en") =>
  renderReport({ ...inputOf(trace), saidBy: saidByOf(file) }, language)
const sectionOf = (page: string): string => /<section id="saidBy"[\s\S]*?<\/section>/.exec(page)?.[0] ?? ""
const coincheck = bundled("coincheck-2018")

describe("the report's section on who is said to have done it", () => {
  it.each(["en", "ja"] as const)("is well-formed in %s and has every claim on who did it", language => {
    const page = pageOf(coincheck, language)
    expect(faultOf(page)).toBeNull()
    const wanted = coincheck.claims.filter(({ aspect }) => aspect === "attribution" || aspect === "link")
    expect(wanted.length).toBeGreaterThan(12)
    for (const { id } of wanted) expect(sectionOf(page)).toContain(`>${id}<`)
    expect(sectionOf(page)).not.toContain(">CC-A1<")
  })

  it("puts what repeats a claim right below it, marked, with how sure that is", () => {
    const section = sectionOf(pageOf(coincheck))
    const order = ["CC-GIB", "CC-UN171", "CC-UST", "CC-E1", "CC-GIB-R"].map(id => section.indexOf(`>${id}<`))
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(section).toContain('\u21b3 <span class="id">CC-UN171</span>')
    expect(section).toContain("CC-UN171 is probably derived from CC-GIB (NOT VERIFIED)")
    expect(section).toContain("CC-UST is inferred to be derived from CC-GIB (NOT VERIFIED)")
  })

  it("lists the stances from the oldest to the newest", () => {
    const times = sectionOf(pageOf(coincheck)).split("How what is said has changed over time").at(-1) ?? ""
    const dates = [...times.matchAll(/<span class="nb">([\d-]+)<\/span>/g)].map(match => match[1] ?? "")
    expect(dates.length).toBeGreaterThan(12)
    expect(dates).toEqual([...dates].sort())
  })

  it.each(["en", "ja"] as const)("has no ratio, no chance and no weight in %s", language => {
    expect(sectionOf(pageOf(coincheck, language))).not.toMatch(
      /posterior|prior|ICD|ENFSI|likelihood ratio|support for|after the cap|事後確率|事前確率|支持|上限の適用後/,
    )
  })

  it("is left out where there is no record", () => {
    expect(renderReport(inputOf(trace), "en")).not.toContain('id="saidBy"')
  })

  it("makes nothing of what a file says but text", () => {
    const evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    const [first, ...others] = coincheck.claims
    if (first === undefined) throw new Error("no claim")
    const hostile = {
      ...first,
      claimant: evil,
      certainty: evil,
      quote: { text: evil, via: evil },
      says: { en: evil, ja: evil },
    }
    const sources = coincheck.sources.map(source => ({ ...source, url: "javascript:alert(1)" }))
    const page = pageOf({ ...coincheck, sources, claims: [hostile, ...others] })
    expect(faultOf(page)).toBeNull()
    expect(page).not.toMatch(/<script|<img|href="javascript/i)
  })
})
