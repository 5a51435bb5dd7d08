import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Ajv2020 } from "ajv/dist/2020.js"
import { parse } from "csv-parse/sync"
import { describe, expect, it } from "vitest"
import type { IncidentsDocument, SumCheckDocument } from "../../src/contracts/incidents.ts"
import { ashiato, newFolder } from "./run-cli.ts"

const SCHEMA = new URL("../../src/contracts/incidents.schema.json", import.meta.url)
const valid = new Ajv2020({ strict: true }).compile(JSON.parse(readFileSync(SCHEMA, "utf8")))

function answered<T>(...args: string[]): T {
  const { code, out, err } = ashiato(["incidents", ...args, "--json"])
  expect([code, err]).toEqual([0, ""])
  const document: unknown = JSON.parse(out)
  expect([valid(document), valid.errors]).toEqual([true, null])
  return document as T
}

describe("ashiato incidents", () => {
  it("lists the register with ranges, and says first that all of it is claims", () => {
    const { code, out } = ashiato(["incidents"])
    expect(code).toBe(0)
    expect(out).toMatch(
      /^\d+ thefts\. Every figure and every name is somebody's claim; nothing here is a finding/,
    )
    expect(out).toContain("XEM 523,000,000 to 530,000,000")
    expect(out).toContain('"Cybercriminals based in East Europe or Russia": Asahi Shimbun')
  })

  it("reproduces $571 million as 534 + 32 + 5.3 with Coinis and Youbit uncounted, or rather does not", () => {
    const { out } = ashiato(["incidents", "--sum", "un-571"])
    expect(out).toMatch(/coincheck-2018-01 +534,000,000/)
    expect(out).toMatch(/bithumb-2018-06 +32,000,000 +\[not verified\]/)
    expect(out).toMatch(/yapizon-2017-04 +5,300,000 +\[not verified\]/)
    expect(out).toMatch(/coinis-2017-09 +not counted/)
    expect(out).toMatch(/youbit-2017-12 +not counted/)
    expect(out).toMatch(/sum of the parts +571,300,000\n +as stated +571,000,000\n +difference +300,000\n/)
    expect(out).toContain("Not reproduced exactly")
    expect(out).toContain("UN Panel of Experts (1718 Committee), 2019-03-05 [repeats Group-IB; not verified]")
    const check = answered<SumCheckDocument>("--sum", "un-571")
    expect(check).toMatchObject({
      total: "571300000",
      difference: "300000",
      verdict: "rounded",
      verified: false,
    })
  })

  it("puts a theft under each name that somebody gives, with who gives it", () => {
    const { out } = ashiato(["incidents", "--by", "actor", "--year", "2018", "--country", "JP"])
    expect(out).toContain("not a finding of this program")
    const lazarus = out.slice(out.indexOf('"Lazarus" ('), out.indexOf('"North Korea" ('))
    expect(lazarus).toContain("Group-IB, 2018-10 [asserted]")
    expect(lazarus).toContain("Group-IB, in its answer to Asahi, 2019-05 [weakened]")
    expect(lazarus).toContain("disputed")
  })

  it.each(["actor", "year", "country", "cause"])(
    "--by %s keeps to the schema, and counts no theft twice in a sum",
    by => {
      const document = answered<IncidentsDocument>("--by", by)
      const ids = document.incidents.map(({ record }) => record.id)
      expect(
        document.groups
          ?.flatMap(({ members }) => members.map(({ incident }) => incident))
          .filter(id => !ids.includes(id)),
      ).toEqual([])
      for (const { members } of document.groups ?? [])
        expect(new Set(members.map(({ incident }) => incident)).size).toBe(members.length)
      for (const total of document.totals.values) {
        expect([...total.of.map(({ incident }) => incident), ...total.without].sort()).toEqual(
          [...ids].sort(),
        )
      }
    },
  )

  it("leaves out of every sum what was not verified or is a known slip, and says so", () => {
    const { leftOut } = answered<IncidentsDocument>()
    expect(leftOut).toContainEqual({
      incident: "coincheck-2018-01",
      aspect: "values",
      claim: "usd-coinfox",
      reason: "correction",
    })
    expect(leftOut).toContainEqual({
      incident: "yapizon-2017-04",
      aspect: "values",
      claim: "usd-gib",
      reason: "unverified",
    })
  })

  it("writes every claim as a row of CSV", () => {
    const { out } = ashiato(["incidents", "--year", "2018", "--csv"])
    const rows = parse(out, { columns: true }) as Record<string, string>[]
    const slip = rows.find(({ claim }) => claim === "usd-coinfox")
    expect(slip).toMatchObject({
      incident: "coincheck-2018-01",
      value: "523000000",
      unit: "USD",
      claimant: "coinfox.info",
    })
    expect(slip?.correction).toContain("slip of units")
  })

  it("exports what it lists as STIX and MISP", () => {
    const folder = newFolder()
    const args = ["incidents", "--actor", "TraderTraitor", "--stix", "a.json", "--misp", "b.json"]
    expect(ashiato(args, folder)).toMatchObject({ code: 0, err: "" })
    const bundle = JSON.parse(readFileSync(join(folder, "a.json"), "utf8")) as { objects: { type: string }[] }
    expect(bundle.objects.filter(({ type }) => type === "incident")).toHaveLength(2)
    expect(JSON.parse(readFileSync(join(folder, "b.json"), "utf8"))).toHaveProperty("Event.Attribute")
  })

  it("speaks Japanese", () => {
    const { out } = ashiato(["incidents", "--sum", "un-571", "--lang", "ja"])
    expect(out).toContain("正確には再現できません")
    expect(ashiato(["incidents", "--lang", "ja"]).out).toContain("したと言われている者")
    expect(ashiato(["incidents", "--help", "--lang", "ja"]).out).toContain("登録簿")
    expect(ashiato(["incidents", "--help"]).out).toContain("ashiato incidents --sum un-571")
  })

  it.each([
    [["--by", "thief"], /--by has "thief"; it takes actor \/ year \/ country \/ cause/],
    [["--sum", "un-572"], /--sum has "un-572"; it takes group-ib-882 \/ joint-2025 \/ un-571/],
    [["--year", "18"], /--year has "18"/],
    [["--country", "Japan"], /--country has "JAPAN"/],
    [["--sum", "un-571", "--by", "year"], /--sum.*--by/],
    [["--json", "--csv"], /--json.*--csv/],
    [["coincheck"], /incidents.*coincheck/],
    [["--register", "no/such/folder"], /no\/such\/folder/],
    [["--stix", "no/such/folder/a.json"], /no\/such\/folder\/a\.json/],
  ])("refuses %j in one line", (args, line) => {
    const { code, out, err } = ashiato(["incidents", ...args])
    expect([code, out]).toEqual([2, ""])
    expect(err).toMatch(line)
    expect(err.trimEnd()).not.toContain("\n")
  })

  it("finds nothing without making it an error", () => {
    expect(ashiato(["incidents", "--year", "1999"])).toMatchObject({
      code: 0,
      out: "No theft of the register fits.\n",
    })
  })
})
