import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Ajv2020 } from "ajv/dist/2020.js"
import { describe, expect, it } from "vitest"
import type { AttributeDocument } from "../../src/contracts/attribute.ts"
import { ashiato, newFolder } from "./run-cli.ts"

const schema = JSON.parse(
  readFileSync(new URL("../../src/contracts/attribute.schema.json", import.meta.url), "utf8"),
)
const PRIORS = "DPRK=0.2,EECRIME=0.2,OTHER=0.6"

function ask(...args: string[]): string {
  const { code, out, err } = ashiato(["attribute", ...args])
  expect({ code, err }).toEqual({ code: 0, err: "" })
  return out
}

describe("attribute", () => {
  it.each(["en", "ja"])("answers in %s, and its words are in that language", lang => {
    const out = ask("coincheck-2018", "--lang", lang)
    expect(out).toContain("CC-UN171/CC-GIB")
    expect(out).toContain(lang === "en" ? "NOT VERIFIED" : "未確認")
    expect(out).toContain(lang === "en" ? "How the answer moves" : "答えの動き")
  })

  it("says which derivations are probable and inferred, each not verified, with what it rests on", () => {
    const lines = ask("coincheck-2018").split("\n")
    for (const told of [
      "CC-UN171 is probably derived from CC-GIB",
      "CC-UST is inferred to be derived from CC-GIB",
    ]) {
      const at = lines.findIndex(line => line.includes(told))
      expect(lines[at]).toContain("[NOT VERIFIED]")
      expect(lines[at + 1]).toMatch(/rests on: same total/)
    }
  })

  it("writes ashiato/attribute/1 as its schema has it, without a posterior unless priors are declared", () => {
    const validate = new Ajv2020({ strict: false }).compile<AttributeDocument>(schema)
    const document: unknown = JSON.parse(ask("coincheck-2018", "--json"))
    expect([validate(document), validate.errors]).toEqual([true, null])
    expect(document).toMatchObject({ posterior: null, without: [] })
    const asked = JSON.parse(ask("coincheck-2018", "--json", "--posterior", "--prior", PRIORS))
    expect(asked.posterior).toHaveLength(3)
  })

  it("prints chances in ICD 203 words only under the reader's priors", () => {
    expect(ask("coincheck-2018")).not.toMatch(/ICD 203|posterior/)
    const out = ask("coincheck-2018", "--posterior", "--prior", PRIORS)
    expect(out).toContain("Under your priors, and under them alone")
    expect(out).toContain("ICD 203")
  })

  it("takes out what --without names, in one list or in several", () => {
    const one = ask("coincheck-2018", "--without", "CC-UN171/CC-GIB,CC-ASAHI")
    const two = ask("coincheck-2018", "--without", "CC-UN171/CC-GIB", "--without", "CC-ASAHI")
    expect(one).toBe(two)
    expect(one).toContain("taken not to hold")
    expect(one).not.toBe(ask("coincheck-2018"))
  })

  it("shows who calls an actor what", () => {
    expect(ask("--names", "TraderTraitor")).toContain("Jade Sleet (Microsoft)")
    expect(JSON.parse(ask("--names", "all", "--json")).names.length).toBeGreaterThan(40)
  })

  it("has its claims in the case report, with the file among the inputs and no ratio", () => {
    const folder = newFolder()
    expect(ashiato(["trace", "coincheck-2018", "--report", "r.html"], folder).code).toBe(0)
    const page = readFileSync(join(folder, "r.html"), "utf8")
    expect(page).toContain('<section id="saidBy"')
    expect(page).toContain("cases/coincheck-2018/attribution.json")
    expect(page).not.toMatch(/after the cap|posterior/)
  })

  it("gives help", () => expect(ask("--help")).toContain("--prior H=0.1"))
})

describe("attribute refuses, on one line", () => {
  it.each([
    [["coincheck-2018", "--without", "NOBODY"], /--without names "NOBODY"/],
    [["coincheck-2018", "--posterior"], /--posterior goes with --prior only/],
    [["coincheck-2018", "--prior", PRIORS], /--prior goes with --posterior only/],
    [
      ["coincheck-2018", "--posterior", "--prior", "DPRK=0.2,EECRIME=0.2,OTHER=0.5"],
      /priors sum to 9\/10; they must sum to 1/,
    ],
    [["coincheck-2018", "--posterior", "--prior", "DPRK=1"], /option --prior has "DPRK=1"/],
    [["coincheck-2018", "--posterior", "--prior", "DPRK=0.2,EECRIME=0.2,OTHER=.6"], /option --prior has/],
    [["coincheck-2018", "--posterior", "--prior", "DPRK=0.5,DPRK=0.5"], /option --prior has/],
    [["nowhere-2018"], /there is no case "nowhere-2018"/],
    [[], /there is no case ""; the bundled ones are /],
    [["coincheck-2018", "bybit-2025"], /does not go with/],
    [["coincheck-2018", "--names", "all"], /--names does not go with coincheck-2018/],
    [["missing.json"], /missing\.json: there is no such file/],
    [["coincheck-2018", "--sure"], /there is no option --sure; see ashiato attribute --help/],
  ])("%j", (args, message) => {
    const { code, out, err } = ashiato(["attribute", ...args])
    expect({ code, out }).toEqual({ code: 2, out: "" })
    expect(err).toMatch(message)
    expect(err.trimEnd()).not.toContain("\n")
  })

  it("a file whose claim is derived from itself, by name, with line and column", () => {
    const path = new URL("../../cases/bybit-2025/attribution.json", import.meta.url)
    const file = JSON.parse(readFileSync(path, "utf8"))
    const derivation = {
      claim: "BYB-FBI",
      how: "stated",
      extent: "whole",
      verified: false,
      restsOn: { en: "x", ja: "あ" },
    }
    file.claims[0].derivedFrom = [derivation]
    const folder = newFolder({ "own.json": JSON.stringify(file, null, 2) })
    const { code, err } = ashiato(["attribute", "./own.json"], folder)
    expect(code).toBe(2)
    expect(err).toMatch(/own\.json:\d+:\d+: claim BYB-FBI is derived from itself \(BYB-FBI < BYB-FBI\)/)
  })
})
