import { readFileSync } from "node:fs"
import { parse } from "csv-parse/sync"
import { describe, expect, it } from "vitest"
import { claimsOf } from "../../src/attribution/incident.ts"
import type { AttributionFile } from "../../src/casefile/attribution-file.ts"
import { attributionCsv } from "../../src/cases/incidents-attribution-csv.ts"
import { claimsCsv } from "../../src/cases/incidents-csv.ts"
import { claim, incidentOf, made, ROOT, usd } from "./register.ts"

const rowsOf = (text: string) => parse(text, { columns: true }) as Record<string, string>[]

describe("claims as CSV", () => {
  it("has one row for each claim of an incident, in the record's order", () => {
    const incident = incidentOf("coincheck-2018-01")
    const rows = rowsOf(claimsCsv([incident], "en"))
    expect(rows.map(row => row.claim)).toEqual(claimsOf(incident).map(({ claim: { id } }) => id))
    expect(rows.find(row => row.claim === "un171")).toMatchObject({
      verified: "no",
      derived_from: "gib (reported)",
    })
  })

  it("quotes what needs quoting, and lets no cell run as a formula", () => {
    const odd = { ...usd("x", "5"), claimant: '=HYPERLINK("a"),\n"b"' }
    const [row] = rowsOf(
      claimsCsv(
        [made("a", { values: [odd], actors: [{ ...claim("y"), actor: "@b", stance: "denied" }] })],
        "en",
      ),
    )
    expect(row?.claimant).toBe('\'=HYPERLINK("a"),\n"b"')
    expect(claimsCsv([made("a", { values: [odd] })], "en").endsWith("\r\n")).toBe(true)
  })

  it("has every claim of an attribution file, and a row for each of its figures", () => {
    const file = JSON.parse(
      readFileSync(new URL("cases/coincheck-2018/attribution.json", ROOT), "utf8"),
    ) as AttributionFile
    const rows = rowsOf(attributionCsv(file, "ja"))
    expect(new Set(rows.map(row => row.claim))).toEqual(new Set(file.claims.map(({ id }) => id)))
    const figures = file.claims.reduce((sum, { values = [] }) => sum + Math.max(values.length, 1), 0)
    expect(rows).toHaveLength(figures)
    expect(rows.find(row => row.claim === "CC-UST")).toMatchObject({
      amount: "~571000000",
      derived_from: "CC-GIB (inferred, unverified)",
    })
  })
})
