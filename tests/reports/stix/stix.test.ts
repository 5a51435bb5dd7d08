import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import type { AttributionFile } from "../../../src/casefile/attribution-file.ts"
import type { CaseFile } from "../../../src/casefile/case.ts"
import { type StixFinding, stixCheck } from "../../../src/reports/stix/check.ts"
import { observableId, uuid5 } from "../../../src/reports/stix/stix-id.ts"
import type { StixObject } from "../../../src/reports/stix/stix-object.ts"
import { stixObjects, writeStix } from "../../../src/reports/stix/write-stix.ts"
import { claim, incidentFiles, incidentOf, made, ROOT } from "../../incidents/register.ts"
import { dataOf, exampleOf, NO_SCHEMAS, publishedSchemas } from "./schemas.ts"

const register = incidentFiles().map(name => incidentOf(name.replace(".json", "")))
const caseOf = (name: string) =>
  JSON.parse(readFileSync(new URL(`cases/${name}/case.json`, ROOT), "utf8")) as CaseFile
const cases = [caseOf("coincheck-2018"), caseOf("bybit-2025")]
const attributionOf = (name: string) =>
  JSON.parse(readFileSync(new URL(`cases/${name}/attribution.json`, ROOT), "utf8")) as AttributionFile
const attributions = [attributionOf("coincheck-2018"), attributionOf("bybit-2025")]
const all = stixObjects({ incidents: register, cases })
const ofType = (objects: readonly StixObject[], type: string) =>
  objects.filter(object => object.type === type)

describe("ids", () => {
  it("are UUIDv5 as RFC 9562 has it (appendix A.4)", () => {
    expect(uuid5("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com")).toBe(
      "2ed6657d-e927-568b-95e1-2665a8aea6a2",
    )
  })

  it.skipIf(NO_SCHEMAS)(
    "of wallets and transactions are those of ../shared/data's published examples",
    () => {
      for (const name of [
        "cryptocurrency-wallet--b6ae6083-875f-5fe9-84b9-89e168f89406",
        "cryptocurrency-transaction--d3b3642a-9759-5078-9fae-3a868238889c",
      ]) {
        const { id, value } = exampleOf(name)
        expect(observableId(name.split("--")[0] ?? "", value)).toBe(id)
      }
    },
  )

  it("and bytes are the same however often the record is exported", () => {
    const again = writeStix({ incidents: structuredClone(register), cases: structuredClone(cases) })
    expect(again).toBe(writeStix({ incidents: register, cases }))
  })
})

describe.skipIf(NO_SCHEMAS)("against ../shared/data/stix", () => {
  const check = stixCheck(NO_SCHEMAS ? [] : publishedSchemas())
  const negatives = NO_SCHEMAS ? [] : (dataOf("negatives.json") as Negative[])

  it("every object of the whole register and both cases is valid, each by itself and all together", () => {
    expect(all.length).toBeGreaterThan(500)
    expect(check(all)).toEqual([])
  })

  it("so is every object of the attribution files, with the register or without it", () => {
    expect(check(stixObjects({ incidents: register, cases, attributions }))).toEqual([])
    for (const file of attributions)
      expect(check(stixObjects({ incidents: [], attributions: [file] }))).toEqual([])
  })

  it("each incident exported alone is valid too: nothing refers to what is not in its bundle", () => {
    for (const incident of register) expect(check(stixObjects({ incidents: [incident] }))).toEqual([])
  })

  it("there are 23 objects made invalid on purpose", () => expect(negatives).toHaveLength(23))

  // Only these three pass OASIS's schemas; what they refer to is taken to be there, but for the one that dangles.
  const OWN: Readonly<Record<string, StixFinding["rule"]>> = {
    "modified-before-created": "modified-before-created",
    "attributed-to-wrong-type": "attributed-to-ends",
    "dangling-ref": "dangling",
  }
  const elsewhere = new Set(
    negatives.flatMap(({ name, object }) => (name === "dangling-ref" ? [] : idsIn(object))),
  )
  elsewhere.add("identity--981fa208-82f0-5870-a7f7-9587a6b4b588")

  it.each(negatives.map(({ name, object }) => [name, object] as const))(
    "%s is refused, and for that reason",
    (name, object) => {
      const rules = check([object], elsewhere).map(({ rule }) => rule)
      const own = OWN[name]
      if (own === undefined) expect(rules).toContain("schema")
      else expect(rules).toEqual([own])
    },
  )

  it("and its own rules find a wrong wallet id, an amount as a number, an id given twice and an unknown type", () => {
    const [wallet] = ofType(all, "cryptocurrency-wallet")
    if (wallet === undefined) throw new Error("no wallet")
    const rules = (...objects: StixObject[]) =>
      new Set(check(objects, new Set(all.map(({ id }) => id))).map(({ rule }) => rule))
    expect(rules({ ...wallet, value: "somebody else" })).toContain("observable-id")
    expect(rules({ ...wallet, x_amount: 0.1 })).toContain("number-inexact")
    expect(rules(wallet, wallet)).toContain("id-twice")
    expect(rules({ ...wallet, type: "purse" })).toContain("type-unknown")
  })
})

interface Negative {
  readonly name: string
  readonly object: StixObject
}

function idsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return /^[a-z-]+--[0-9a-f-]{36}$/.test(value) ? [value] : []
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(idsIn) : []
}

describe("who is said to have done it", () => {
  const coincheck = stixObjects({ incidents: [incidentOf("coincheck-2018-01")] })
  const named = (id: unknown) => coincheck.find(object => object.id === id)?.name
  const attributed = ofType(coincheck, "relationship").filter(
    one => one.relationship_type === "attributed-to",
  )

  it("is always the claimant's word: each attribution is created by its claimant, none by the program", () => {
    const relations = ofType(all, "relationship").filter(one => one.relationship_type === "attributed-to")
    const own = ofType(all, "identity").find(({ name }) => name === "Ashiato")?.id
    expect(relations.length).toBeGreaterThan(40)
    expect(relations.filter(one => one.created_by_ref === own || one.created_by_ref === undefined)).toEqual(
      [],
    )
    expect(ofType(all, "intrusion-set").filter(one => one.created_by_ref === own)).toEqual([])
  })

  it("stands side by side where it is disputed", () => {
    const pairs = attributed.map(one => [named(one.target_ref), named(one.created_by_ref)])
    expect(pairs).toContainEqual(["Lazarus", "Group-IB"])
    expect(pairs.map(([actor]) => actor)).toContain("Cybercriminals based in East Europe or Russia")
  })

  it("is spoken against by an opinion of whoever doubts it, about that very relationship", () => {
    const opinion = ofType(coincheck, "opinion").find(({ explanation }) =>
      String(explanation).startsWith("Group-IB, in its answer"),
    )
    const lazarus = attributed.find(one => named(one.created_by_ref) === "Group-IB")
    expect(opinion).toMatchObject({ opinion: "disagree", object_refs: [lazarus?.id] })
  })

  it("is not unsaid by an omission: that is a note", () => {
    const notes = ofType(coincheck, "note").filter(one => one.abstract === "Not named where it could be")
    expect(notes.length).toBe(4)
    expect(ofType(coincheck, "opinion")).toHaveLength(2)
  })

  it("marks what was not verified, and names the original of a copy", () => {
    const un = attributed.find(one =>
      String(named(one.created_by_ref)).startsWith("UN Panel of Experts (1718"),
    )
    expect(un?.labels).toEqual(["stance:asserted", "not-verified"])
    expect(un?.description).toContain("repeats Group-IB (reported)")
  })

  it("keeps equal words of two claimants apart", () => {
    const said = (id: string, claimant: string) => ({
      ...claim(id, claimant),
      actor: "L",
      stance: "asserted" as const,
    })
    const objects = stixObjects({ incidents: [made("a", { actors: [said("x", "A"), said("y", "B")] })] })
    expect(ofType(objects, "intrusion-set")).toHaveLength(2)
  })
})

describe("a case", () => {
  it("has its theft's transaction with the amount in full, as a string, and no amount as a number", () => {
    const hash = "0xb61413c495fdad6114a7aa863a00b2e3c28945979a10885b12b30316ea9f072c"
    const found = ofType(all, "cryptocurrency-transaction").find(({ value }) => value === hash)
    expect(JSON.stringify(found?.x_ashiato_transfers)).toContain('"amount":"401346768858404671846374"')
    expect(found).not.toHaveProperty("input")
  })

  it("says nowhere that an address is a thief's", () => {
    expect(JSON.stringify(all)).not.toMatch(/: thief|thief's/)
  })

  it("can be exported without any incident", () => {
    const [first] = cases
    if (first === undefined) throw new Error("no case")
    const objects = stixObjects({ incidents: [], cases: [first] })
    expect(ofType(objects, "cryptocurrency-wallet")).toHaveLength(first.addresses.length)
  })
})

describe("an attribution file", () => {
  const [coincheck] = attributions
  if (coincheck === undefined) throw new Error("no attribution")
  const objects = stixObjects({ incidents: [incidentOf("coincheck-2018-01")], attributions: [coincheck] })
  const nameOf = (id: unknown) => objects.find(object => object.id === id)?.name
  const attributed = ofType(objects, "relationship").filter(one => one.relationship_type === "attributed-to")

  it("has one relationship for each claim that names somebody, and the register's own do not stand beside them", () => {
    const naming = coincheck.claims.filter(
      ({ aspect, stance }) => aspect === "attribution" && (stance === "asserted" || stance === "possible"),
    )
    expect(attributed.map(one => nameOf(one.created_by_ref)).sort()).toEqual(
      naming.map(({ claimant }) => claimant).sort(),
    )
  })

  it("gives the confidence of the Admiralty digit, and none for 6", () => {
    const first = attributed[0]
    expect(first?.labels).toContain("admiralty:C4")
    expect(first?.confidence).toBe(30)
    const judged = { ...coincheck, claims: coincheck.claims.map(one => ({ ...one, grade: "C6" })) }
    const without = ofType(stixObjects({ incidents: [], attributions: [judged] }), "relationship")
    expect(without.filter(one => "confidence" in one)).toEqual([])
  })

  it("carries the working as a note, marked as judgement", () => {
    const note = ofType(objects, "note").find(({ abstract }) => abstract === "Working of the weighing")
    expect(note?.content).toMatch(/^Bands are judgement, not measurement/)
    for (const { id } of coincheck.evidence) expect(note?.content).toContain(`${id} (`)
  })

  it("says of an inferred copy that it is inferred and not verified", () => {
    const treasury = attributed.find(one => String(nameOf(one.created_by_ref)).startsWith("US Treasury"))
    expect(treasury?.description).toContain("repeats CC-GIB (inferred, not verified:")
  })
})
