import { existsSync, readFileSync } from "node:fs"
import { Ajv } from "ajv"
import { describe, expect, it } from "vitest"
import type { AttributionFile } from "../../../src/casefile/attribution-file.ts"
import { writeMisp } from "../../../src/reports/misp/write-misp.ts"
import { claim, incidentFiles, incidentOf, made, ROOT } from "../../incidents/register.ts"

const SCHEMA = new URL("../../../../shared/data/stix/misp-event-schema-lax.json", import.meta.url)
const NO_SCHEMA = !existsSync(SCHEMA)
const register = incidentFiles().map(name => incidentOf(name.replace(".json", "")))

const attributionOf = (name: string) =>
  JSON.parse(readFileSync(new URL(`cases/${name}/attribution.json`, ROOT), "utf8")) as AttributionFile

interface Attribute {
  readonly uuid: string
  readonly type: string
  readonly category: string
  readonly value: string
  readonly comment: string
  readonly to_ids: boolean
}

const eventOf = (text: string) =>
  (JSON.parse(text) as { Event: { uuid: string; attribute_count: string; Attribute: Attribute[] } }).Event

/** The schema is of draft 4: its `id` and `$schema` are set aside, the keywords it uses mean the same. */
function validator() {
  const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(SCHEMA, "utf8"))
  return new Ajv({ strict: false, validateSchema: false, allErrors: true }).compile(schema)
}

describe("a MISP event", () => {
  it.skipIf(NO_SCHEMA)(
    "of the whole register, and of each incident, is valid by ../shared/data's lax schema",
    () => {
      const validate = validator()
      for (const incidents of [register, ...register.map(one => [one])]) {
        validate(JSON.parse(writeMisp({ incidents })))
        expect(validate.errors).toBeNull()
      }
    },
  )

  it.skipIf(NO_SCHEMA)("would be refused by that schema with a number for a timestamp", () => {
    const event = JSON.parse(writeMisp({ incidents: register }))
    event.Event.timestamp = 5
    expect(validator()(event)).toBe(false)
  })

  const event = eventOf(writeMisp({ incidents: register }))

  it("marks nothing for detection, and gives every attribute an id of its own", () => {
    expect(event.Attribute.filter(({ to_ids }) => to_ids)).toEqual([])
    expect(new Set(event.Attribute.map(({ uuid }) => uuid)).size).toBe(event.Attribute.length)
    expect(event.attribute_count).toBe(String(event.Attribute.length))
  })

  it("names an actor only with the claimant and the stance", () => {
    const actors = event.Attribute.filter(({ type }) => type === "threat-actor")
    expect(actors.length).toBeGreaterThan(40)
    expect(actors.filter(({ comment }) => !/claimed by .+; stance: \w+/.test(comment))).toEqual([])
  })

  it("has bitcoin addresses under MISP's own type, amounts in full digits", () => {
    expect(event.Attribute.filter(({ type }) => type === "btc")).toHaveLength(11)
    const amount = {
      ...claim("x"),
      asset: "ETH",
      decimals: 18,
      amount: "401346768858404671846374",
      relation: "exact" as const,
    }
    const { Attribute: own } = eventOf(writeMisp({ incidents: [made("a", { amounts: [amount] })] }))
    expect(own.map(({ value }) => value)).toContain(
      "exact 401,346.768858404671846374 ETH (401346768858404671846374 smallest units)",
    )
  })

  it("is the same bytes however often it is exported", () => {
    expect(writeMisp({ incidents: structuredClone(register) })).toBe(writeMisp({ incidents: register }))
  })

  it.skipIf(NO_SCHEMA)("of an attribution file is valid too, and names an actor only by a claim", () => {
    const text = writeMisp({
      incidents: [incidentOf("coincheck-2018-01")],
      attributions: [attributionOf("coincheck-2018")],
    })
    const validate = validator()
    validate(JSON.parse(text))
    expect(validate.errors).toBeNull()
    const actors = eventOf(text).Attribute.filter(({ type }) => type === "threat-actor")
    expect(actors).toHaveLength(15)
    expect(actors.filter(({ comment }) => !/claimed by .+; stance: \w+/.test(comment))).toEqual([])
  })
})
