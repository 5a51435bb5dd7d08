import { existsSync, readFileSync } from "node:fs"
import { Ajv2020 } from "ajv/dist/2020.js"
import { describe, expect, it } from "vitest"
import { namesCalled } from "../../src/attribution/names.ts"
import { checkActors, checkAttribution } from "../../src/casefile/attribution-check.ts"
import type { AttributeDocument } from "../../src/contracts/attribute.ts"
import { checked, loadActors, schemaOf } from "../../src/readers/attribution-file.ts"
import { answered, bundled } from "./answers.ts"

const ROOT = new URL("../../", import.meta.url)
const FACTS = new URL("../shared/facts/attribution/", ROOT)
const NO_FACTS = !existsSync(FACTS)
const json = (path: string) => JSON.parse(readFileSync(new URL(path, ROOT), "utf8"))
const facts = (name: string) => JSON.parse(readFileSync(new URL(name, FACTS), "utf8"))
const CASES = ["coincheck-2018", "bybit-2025"] as const
const coincheck = bundled("coincheck-2018")

function compile(schema: object) {
  const refuse = (message: string): never => {
    throw new Error(message)
  }
  const logger = { log: () => {}, warn: refuse, error: refuse }
  return new Ajv2020({
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    allErrors: true,
    logger,
  }).compile(schema)
}

describe("the schemas", () => {
  it.each(CASES)("hold the attribution file of %s", name => {
    const validate = compile(schemaOf("file"))
    expect([validate(json(`cases/${name}/attribution.json`)), validate.errors]).toEqual([true, null])
  })

  it("hold the file of names", () => {
    const validate = compile(schemaOf("actors"))
    expect([validate(json("cases/actors.json")), validate.errors]).toEqual([true, null])
  })

  it.each([
    ["coincheck-2018", [], null],
    [
      "coincheck-2018",
      ["CC-ASAHI", "CC-UN171/CC-GIB"],
      new Map([
        ["DPRK", { n: 1n, d: 4n }],
        ["EECRIME", { n: 1n, d: 4n }],
        ["OTHER", { n: 1n, d: 2n }],
      ]),
    ],
    ["bybit-2025", [], null],
  ] as const)("hold the answer on %s without %j", (name, without, priors) => {
    const validate = compile(json("src/contracts/attribute.schema.json"))
    const document: AttributeDocument = JSON.parse(JSON.stringify(answered(bundled(name), without, priors)))
    expect([validate(document), validate.errors]).toEqual([true, null])
    expect(document.posterior === null).toBe(priors === null)
  })

  it("hold every number of the answer as it is, and refuse a culprit", () => {
    const validate = compile(json("src/contracts/attribute.schema.json"))
    expect(validate({ ...JSON.parse(JSON.stringify(answered(coincheck))), culprit: "DPRK" })).toBe(false)
  })
})

describe("the bundled files, which are not checked each time they are read", () => {
  const text = (path: string) => readFileSync(new URL(path, ROOT), "utf8")

  it.each(CASES)("hold to the form and to themselves: %s", async name => {
    const file = await checked(text(`cases/${name}/attribution.json`), "file", checkAttribution)
    expect(file.case).toBe(name)
  })

  it("hold to the form and to themselves: the names", async () => {
    const actors = await checked(text("cases/actors.json"), "actors", checkActors)
    expect(actors.names.length).toBeGreaterThan(40)
  })
})

describe("the record of Coincheck", () => {
  const derivations = answered(coincheck).derivations

  it.each([
    ["CC-UN171/CC-GIB", "probable"],
    ["CC-UST/CC-GIB", "inferred"],
  ])("has %s as %s and not verified, with what it rests on", (id, how) => {
    const found = derivations.find(derivation => derivation.id === id)
    expect(found).toMatchObject({ how, verified: false, holds: true, extent: "whole" })
    expect(found?.restsOn.en).toMatch(/same total, same number/)
  })

  it("gives the panel and the Treasury no weight while they are copies, and some where they are not", () => {
    const standing = (id: string, without: readonly string[] = []) =>
      answered(coincheck, without).pairs[1]?.items.find(item => item.id === id)?.standing
    expect([standing("E-UN171"), standing("E-UST")]).toEqual(["copy", "copy"])
    expect([standing("E-UN171", ["CC-UN171/CC-GIB"]), standing("E-UST", ["CC-UN171/CC-GIB"])]).toEqual([
      "strongest",
      "copy",
    ])
    expect(standing("E-UN171", ["CC-GIB"])).toBe("copy")
  })

  it("shows the answer with and without the malware report, and it moves", () => {
    const ratios = (without: readonly string[]) =>
      answered(coincheck, without).pairs.map(({ ratio }) => ratio.low.exact)
    expect(ratios(["CC-ASAHI"])).not.toEqual(ratios([]))
    expect(ratios(["CC-ASAHI"])).toEqual(ratios(["E-MALWARE"]))
    expect(answered(coincheck).moves.map(({ kind, id }) => `${kind} ${id}`)).toContain("item E-MALWARE")
  })

  it("decides for nobody: every ratio's interval holds 1", () => {
    expect(answered(coincheck).pairs.map(({ leaning }) => leaning.ratio)).toEqual([null, null, null])
  })

  it("keeps an error as it stands beside its correction", () => {
    const unit = coincheck.claims.find(({ id }) => id === "CC-U7")
    expect(unit?.corrections).toMatchObject([{ verbatim: "$523 million", instead: "523 million XEM" }])
  })
})

describe.skipIf(NO_FACTS)("the record against the facts that it was made from (absent: skipped)", () => {
  interface Fact {
    readonly id: string
    readonly case: string
    readonly reliability: string
    readonly credibility: string
    readonly quote?: string
    readonly source: string
    readonly derivedFrom?: readonly string[]
  }
  const all: readonly Fact[] = NO_FACTS ? [] : facts("claims.json").claims

  it("has every claim on Coincheck, with its grade, quote, origin and address", () => {
    const wanted = all.filter(({ case: of }) => of === "coincheck-2018")
    expect(wanted.length).toBeGreaterThan(25)
    const of = (id: string) => coincheck.claims.find(claim => claim.id === id)
    expect(wanted.map(({ id }) => id).filter(id => of(id) === undefined)).toEqual([])
    for (const fact of wanted) {
      const claim = of(fact.id)
      expect([fact.id, claim?.grade]).toEqual([fact.id, fact.reliability + fact.credibility])
      const from = (fact.derivedFrom ?? []).map(id => id.replace("?", ""))
      expect([fact.id, claim?.derivedFrom.map(derivation => derivation.claim)]).toEqual([fact.id, from])
      if (fact.quote !== undefined && fact.id !== "CC-UN171") expect(claim?.quote?.text).toBe(fact.quote)
      const urls = claim?.sources.map(source => coincheck.sources.find(({ id }) => id === source)?.url ?? "")
      expect([
        fact.id,
        urls?.some(url => fact.source.includes(url) || fact.source.startsWith("https://github.com/tayvano")),
      ]).toEqual([fact.id, true])
    }
  })

  it("has every name, with whether it was verified", () => {
    const { names, overlaps } = loadActors()
    interface Row {
      readonly namer: string
      readonly name: string
      readonly verified: boolean
    }
    const rows: readonly Row[] = facts("names.json").rows
    for (const { namer, name, verified } of rows.filter(row => row.namer !== "others")) {
      const last = name
        .split(" -> ")
        .at(-1)
        ?.split(/ \/ |, /)[0]
      const record = names.find(one => one.namer === namer && one.name === last)
      expect([namer, name, record !== undefined]).toEqual([namer, name, true])
      const said = overlaps.filter(overlap => overlap.name === record?.id)
      if (!verified) expect(said.map(overlap => overlap.verified)).toEqual([false])
    }
  })
})

describe("names", () => {
  const { names, overlaps } = loadActors()
  const called = (name: string) => namesCalled(name, names, overlaps)

  it("are never merged by string: two namers' APT38 and Lazarus Group stay records of their own", () => {
    expect(called("lazarus group").map(({ name }) => name.namer)).toEqual(["MITRE ATT&CK", "Novetta"])
    expect(called("APT38").map(({ name }) => name.namer)).toEqual(["MITRE ATT&CK", "FireEye/Mandiant"])
  })

  it("show an overlap from both sides and pass none on", () => {
    const jade = called("Jade Sleet")[0]
    expect(jade?.name.formerly).toBe("Storm-0954")
    expect(jade?.overlaps.map(({ other }) => other.name)).toEqual(["TraderTraitor"])
    expect(called("TraderTraitor")[0]?.overlaps.map(({ other }) => other.name)).toContain("Jade Sleet")
  })

  it("are found by what they were before, and none for a name that nobody uses", () => {
    expect(called("zinc").map(({ name }) => name.name)).toEqual(["Diamond Sleet"])
    expect(called("APT99")).toEqual([])
  })
})
