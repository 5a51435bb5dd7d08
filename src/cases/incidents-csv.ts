import { type Aspect, type Claim, claimsOf, type Incident } from "../attribution/incident.ts"

export const CLAIM_COLUMNS = [
  "incident",
  "date",
  "victim",
  "aspect",
  "claim",
  "claimant",
  "claim_date",
  "value",
  "unit",
  "relation",
  "priced",
  "price_date",
  "stance",
  "verified",
  "correction",
  "derived_from",
  "revises",
  "quote",
  "note",
  "sources",
] as const

/** Every claim of these incidents as a row of CSV (RFC 4180, CRLF), in the order of the records. */
export function claimsCsv(incidents: readonly Incident[], language: "en" | "ja"): string {
  const rows = incidents.flatMap(incident =>
    claimsOf(incident).map(({ aspect, claim }) => rowOf(incident, aspect, claim, language)),
  )
  return [CLAIM_COLUMNS, ...rows].map(csvRow).join("")
}

function rowOf(incident: Incident, aspect: Aspect, claim: Claim, language: "en" | "ja"): readonly string[] {
  const {
    value = "",
    unit = "",
    relation = "",
    priced = "",
    priceDate = "",
    stance = "",
  } = saidBy(aspect, claim)
  const urls = claim.sources.map(id => incident.sources.find(source => source.id === id)?.url ?? id)
  return [
    incident.id,
    incident.date.value,
    incident.victim.name,
    aspect,
    claim.id,
    claim.claimant,
    claim.date ?? "",
    value,
    unit,
    relation,
    priced,
    priceDate ?? "",
    stance,
    claim.verified ? "yes" : "no",
    claim.correction?.[language] ?? "",
    (claim.derivedFrom ?? []).map(one => `${one.claim} (${one.sure})`).join(" "),
    (claim.revises ?? []).join(" "),
    claim.quote ?? "",
    claim.note?.[language] ?? "",
    urls.join(" "),
  ]
}

interface Shown {
  readonly value?: string
  readonly unit?: string
  readonly relation?: string
  readonly priced?: string
  readonly priceDate?: string | null
  readonly stance?: string
}

/** What a claim says, under the column where a table expects it; the unit of an amount is the smallest one. */
function saidBy(aspect: Aspect, claim: Claim): Shown {
  const said = claim as Claim & Readonly<Record<string, string | number>>
  const text = (key: string) => String(said[key] ?? "")
  switch (aspect) {
    case "amounts":
      return {
        value: text("amount"),
        unit: `${text("asset")} e-${text("decimals")}`,
        relation: text("relation"),
      }
    case "values":
      return {
        value: text("amount"),
        unit: text("currency"),
        relation: text("relation"),
        priced: text("priced"),
        priceDate: text("priceDate") === "null" ? "" : text("priceDate"),
      }
    case "countries":
      return { value: text("country") }
    case "causes":
      return { value: text("cause") }
    case "custody":
      return { value: text("custody") }
    case "outcomes":
      return { value: text("outcome") }
    case "actors":
      return { value: text("actor"), stance: text("stance") }
    case "traces":
      return { value: text("value"), unit: `${text("chain")} ${text("kind")}` }
  }
}

/** RFC 4180: CRLF at the end, quotes where they are needed. */
export const csvRow = (row: readonly string[]): string => `${row.map(cell).join(",")}\r\n`

/** A cell that a spreadsheet would take for a formula is kept from running by an apostrophe before it. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
