import { readdirSync, readFileSync } from "node:fs"
import type { Incident } from "../../src/attribution/incident.ts"

export const ROOT = new URL("../../", import.meta.url)
const FOLDER = new URL("cases/incidents/", ROOT)

export const incidentFiles = (): readonly string[] =>
  readdirSync(FOLDER).filter(name => name.endsWith(".json"))
export const sumFiles = (): readonly string[] => readdirSync(new URL("sums/", FOLDER))
export const textOf = (name: string): string => readFileSync(new URL(name, FOLDER), "utf8")
export const registerSchema = (): object =>
  JSON.parse(readFileSync(new URL("src/casefile/incidents.schema.json", ROOT), "utf8")) as object
export const incidentOf = (id: string): Incident => JSON.parse(textOf(`${id}.json`)) as Incident

/** A small incident with nothing in it but what the test puts there. */
export function made(id: string, parts: Partial<Incident> = {}): Incident {
  return {
    schema: "ashiato/incident/1",
    id,
    title: { en: id, ja: "件" },
    case: null,
    date: { value: "2020-01", of: "theft", sources: ["s"] },
    victim: { name: id, also: [], kind: "exchange" },
    countries: [],
    amounts: [],
    values: [],
    causes: [],
    custody: [],
    outcomes: [],
    actors: [],
    traces: [],
    sources: [{ id: "s", title: "S", url: null, published: null }],
    ...parts,
  }
}

export const claim = (id: string, claimant = "C") => ({
  id,
  claimant,
  date: "2020",
  sources: ["s"],
  verified: true,
})
export const usd = (id: string, amount: string) => ({
  ...claim(id),
  currency: "USD",
  amount,
  relation: "about" as const,
  priced: "unstated" as const,
  priceDate: null,
})
