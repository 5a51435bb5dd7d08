import { type Aspect, type Claim, claimsOf, type Incident } from "../../attribution/incident.ts"
import type { AttributionFile } from "../../casefile/attribution-file.ts"
import { formatAmount } from "../../units/amount.ts"
import { claimWords } from "../stix/stix-attribution.ts"
import { uuid5 } from "../stix/stix-id.ts"
import { RECORD_DAY } from "../stix/stix-object.ts"

export interface MispInput {
  readonly incidents: readonly Incident[]
  /** Where a case has an attribution file, its claims stand in place of the incident's own of who did it. */
  readonly attributions?: readonly AttributionFile[]
}

interface MispAttribute {
  readonly uuid: string
  readonly type: string
  readonly category: string
  readonly value: string
  readonly comment: string
  readonly to_ids: false
  readonly distribution: "0"
  readonly timestamp: string
  readonly disable_correlation: boolean
}

const NAMESPACE = uuid5("6ba7b811-9dad-11d1-80b4-00c04fd430c8", "urn:ashiato:misp:1")
const TIMESTAMP = String(Date.parse(RECORD_DAY) / 1000)

/**
 * One MISP event as JSON text. Nothing in it is marked for detection (`to_ids`): an address that a claimant ties to a
 * theft may since be anybody's. Every attribute's comment names the claimant, the stance and whether it was verified.
 */
export function writeMisp({ incidents, attributions = [] }: MispInput): string {
  const ids = [...incidents.map(({ id }) => id), ...attributions.map(file => `case ${file.case}`)]
  const told = new Set(attributions.map(file => file.case))
  const dates = incidents.map(({ date }) => `${date.value}-01-01`.slice(0, 10)).sort()
  const [only] = incidents
  const info =
    only !== undefined && incidents.length === 1
      ? `Claims about a theft: ${only.title.en}`
      : incidents.length === 0
        ? `Claims about ${attributions.map(file => file.case).join(", ")}`
        : `Claims about ${incidents.length} thefts of crypto-assets`
  const attributes = [
    ...incidents.flatMap(incident => {
      const elsewhere = incident.case !== null && told.has(incident.case)
      return attributesOf(elsewhere ? { ...incident, actors: [] } : incident)
    }),
    ...attributions.flatMap(claimAttributes),
  ]
  const event = {
    uuid: uuid5(NAMESPACE, JSON.stringify(ids)),
    date: dates[0] ?? RECORD_DAY.slice(0, 10),
    info,
    // 4: undefined. The record ranks nothing; 2: analysis complete.
    threat_level_id: "4",
    analysis: "2",
    distribution: "0",
    published: false,
    timestamp: TIMESTAMP,
    attribute_count: String(attributes.length),
    Orgc: { name: "Ashiato", uuid: uuid5(NAMESPACE, "ashiato") },
    Attribute: attributes,
  }
  return `${JSON.stringify({ Event: event }, null, 2)}\n`
}

function attributesOf(incident: Incident): readonly MispAttribute[] {
  const victim = attribute(
    incident,
    "victim",
    "target-org",
    "Targeting data",
    incident.victim.name,
    incident.title.en,
  )
  const links = incident.sources.flatMap(({ id, url, title }) =>
    url === null ? [] : [attribute(incident, `source ${id}`, "link", "External analysis", url, title)],
  )
  const claims = claimsOf(incident).map(({ aspect, claim }) => {
    const { type, category, value } = shown(aspect, claim)
    return attribute(incident, `${aspect} ${claim.id}`, type, category, value, commentOf(aspect, claim))
  })
  return [victim, ...claims, ...links]
}

function claimAttributes(file: AttributionFile): readonly MispAttribute[] {
  const record = { id: file.case }
  const links = file.sources.flatMap(({ id, url, title }) =>
    url === null ? [] : [attribute(record, `source ${id}`, "link", "External analysis", url, title)],
  )
  const claims = file.claims.map(claim => {
    const named = file.hypotheses.find(({ id }) => id === claim.hypothesis)
    const comment = `claimed by ${claimWords(claim)}`
    return named !== undefined && claim.aspect === "attribution"
      ? attribute(record, claim.id, "threat-actor", "Attribution", named.name.en, comment)
      : attribute(record, claim.id, "text", "Attribution", claim.says.en, comment)
  })
  return [...claims, ...links]
}

function attribute(
  { id }: { readonly id: string },
  name: string,
  type: string,
  category: string,
  value: string,
  comment: string,
): MispAttribute {
  return {
    uuid: uuid5(NAMESPACE, JSON.stringify([id, name])),
    type,
    category,
    value,
    comment: `${id}: ${comment}`,
    to_ids: false,
    distribution: "0",
    timestamp: TIMESTAMP,
    // The same exchange or newspaper in two events says nothing about the two.
    disable_correlation: category !== "Financial fraud" || type === "text",
  }
}

interface Shown {
  readonly type: string
  readonly category: string
  readonly value: string
}

/** Only a bitcoin address has a MISP type of its own here; every other value is text, amounts in full digits. */
function shown(aspect: Aspect, claim: Claim): Shown {
  const said = claim as Claim & Readonly<Record<string, unknown>>
  const text = (key: string) => String(said[key] ?? "")
  const fraud = (value: string): Shown => ({ type: "text", category: "Financial fraud", value })
  switch (aspect) {
    case "actors":
      return { type: "threat-actor", category: "Attribution", value: text("actor") }
    case "countries":
      return { type: "target-location", category: "Targeting data", value: text("country") }
    case "amounts": {
      const coins = formatAmount(BigInt(text("amount")), Number(text("decimals")))
      return fraud(`${text("relation")} ${coins} ${text("asset")} (${text("amount")} smallest units)`)
    }
    case "values":
      return fraud(`${text("relation")} ${text("currency")} ${text("amount")} (priced: ${text("priced")})`)
    case "traces":
      return text("chain") === "bitcoin" && text("kind") === "address"
        ? { type: "btc", category: "Financial fraud", value: text("value") }
        : fraud(`${text("chain")} ${text("kind")} ${text("value")}`)
    case "causes":
      return fraud(`how: ${text("cause")}`)
    case "custody":
      return fraud(`held: ${text("custody")}`)
    case "outcomes":
      return fraud(`after: ${text("outcome")}`)
  }
}

function commentOf(aspect: Aspect, claim: Claim): string {
  const said = claim as Claim & { readonly stance?: string; readonly text?: { readonly en: string } }
  const parts = [
    `claimed by ${claim.claimant}${claim.date === null ? "" : `, ${claim.date}`}`,
    ...(aspect === "actors" ? [`stance: ${said.stance}`] : []),
    ...(claim.derivedFrom ?? []).map(one => `repeats ${one.claim} (${one.sure})`),
    ...(claim.verified ? [] : ["not verified at its source"]),
    ...(claim.correction === undefined ? [] : [`known slip: ${claim.correction.en}`]),
    ...(said.text === undefined ? [] : [said.text.en]),
    ...(claim.note === undefined ? [] : [claim.note.en]),
  ]
  return parts.join("; ")
}
