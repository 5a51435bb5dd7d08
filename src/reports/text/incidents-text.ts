import type { ActorClaim, Incident } from "../../attribution/incident.ts"
import type { AmountRange, ValueRange } from "../../attribution/incident-range.ts"
import type { IncidentsDocument, ListedIncident, Totals } from "../../contracts/incidents.ts"
import type { IncidentMessages } from "../../messages/incidents.en.ts"
import { incidentMessages } from "../../messages/incidents.ts"
import type { Language } from "../../messages/language.ts"
import { formatAmount } from "../../units/amount.ts"
import { grouped } from "./money-text.ts"

/** The register for a terminal: each theft with its ranges and claimants, groups where asked, sums and what they lack. */
export function incidentsText(document: IncidentsDocument, language: Language): string {
  const say = incidentMessages(language)
  const { incidents, groups, by, totals, leftOut } = document
  if (incidents.length === 0) return `${say.none}\n`
  const body =
    groups === null || by === null
      ? incidents.flatMap(listed => [...listing(listed, say, language), ""])
      : [`${say.by[by]}:`, "", ...groups.flatMap(group => [...groupLines(group, document, say), ""])]
  const reasons = (["unverified", "correction"] as const).flatMap(reason => {
    const own = leftOut.filter(one => one.reason === reason)
    const label = reason === "unverified" ? say.unverifiedFigures : say.slips
    return own.length === 0
      ? []
      : [`  ${label}: ${own.map(one => `${one.incident}/${one.claim}`).join(", ")}`]
  })
  const lines = [
    say.intro(incidents.length),
    "",
    ...body,
    `${say.sums}:`,
    ...totalLines(totals, say, "  ", true),
    ...(reasons.length === 0 ? [] : [`${say.leftOut}:`, ...reasons]),
  ]
  return `${lines.join("\n")}\n`
}

function listing({ record, values, amounts }: ListedIncident, say: IncidentMessages, language: Language) {
  const countries = record.countries.map(({ country }) => country).join("/")
  const place = countries === "" ? "" : ` (${countries})`
  const disclosed = record.date.of === "disclosure" ? ` ${say.disclosed}` : ""
  return [
    `${record.date.value}${disclosed}  ${record.title[language]}${place}, ${say.kinds[record.victim.kind]}  [${record.id}]`,
    ...amounts.map(range => `    ${amountText(range, say)}`),
    ...values.map(range => `    ${valueText(range, say)}`),
    ...actorLines(record, say),
  ]
}

type Group = NonNullable<IncidentsDocument["groups"]>[number]

function groupLines(
  { key, members, totals }: Group,
  { by, incidents }: IncidentsDocument,
  say: IncidentMessages,
) {
  const shown = key === null ? (by === "actor" ? say.nobodyNamed : say.noClaim) : headingOf(key, by, say)
  const records = new Map(incidents.map(({ record }) => [record.id, record]))
  return [
    `${shown} (${say.thefts(members.length)})`,
    ...members.flatMap(({ incident: id, claims, disputed }) => {
      const record = records.get(id)
      if (record === undefined) return []
      const head = `  ${record.date.value}  ${id}`
      const actors = by === "actor" ? record.actors.filter(claim => claims.includes(claim.id)) : []
      const said = actors.map(claim => `      ${claimText(claim, record, say)}`)
      return [head, ...said, ...(disputed && key !== null ? [`      (${say.disputed})`] : [])]
    }),
    ...totalLines(totals, say, "  = ", false),
  ]
}

function headingOf(key: string, by: IncidentsDocument["by"], say: IncidentMessages): string {
  const causes: Readonly<Record<string, string>> = say.causes
  return by === "cause" ? (causes[key] ?? key) : by === "actor" ? `"${key}"` : key
}

function actorLines(record: Incident, say: IncidentMessages): readonly string[] {
  if (record.actors.length === 0) return [`    ${say.saidToBe}: ${say.nobodyNamed}`]
  const claims = record.actors.map(claim => `      "${claim.actor}": ${claimText(claim, record, say)}`)
  return [`    ${say.saidToBe}:`, ...claims]
}

/** Who says it, how firmly, and whether it is a copy or could not be read. */
function claimText(claim: ActorClaim, { actors }: Incident, say: IncidentMessages): string {
  const copies = (claim.derivedFrom ?? []).map(({ claim: id }) => {
    return say.copy(actors.find(one => one.id === id)?.claimant ?? id)
  })
  const marks = [
    say.stances[claim.stance],
    ...copies,
    ...(claim.verified ? [] : [say.notVerified]),
    ...(claim.correction === undefined ? [] : [say.slip]),
  ]
  const date = claim.date === null ? "" : `, ${claim.date}`
  return `${claim.claimant}${date} [${marks.join("; ")}]`
}

function totalLines({ values, amounts }: Totals, say: IncidentMessages, indent: string, whole: boolean) {
  return [
    ...values.map(({ currency, priced, least, most, of, without }) => {
      const money = span(`${currency} `, grouped(least), grouped(most), say)
      const lacking = whole && without.length > 0 ? `; ${say.without(without.join(", "))}` : ""
      return `${indent}${money} (${say.priced[priced]}; ${say.thefts(of.length)}${lacking})`
    }),
    ...(whole && amounts.length > 0 ? [`${say.assetSums}:`] : []),
    ...amounts.map(({ asset, decimals, least, most, of }) => {
      const coins = amountText({ asset, decimals, least, most }, say)
      return `${indent}${coins} (${say.thefts(of.length)})`
    }),
  ]
}

type Coins = Pick<AmountRange, "asset" | "decimals" | "least" | "most">

function amountText({ asset, decimals, least, most }: Coins, say: IncidentMessages): string {
  const coins = (amount: string) => formatAmount(BigInt(amount), decimals)
  return span(`${asset} `, coins(least), coins(most), say)
}

function valueText({ currency, priced, least, most }: ValueRange, say: IncidentMessages): string {
  return `${span(`${currency} `, grouped(least), grouped(most), say)} (${say.priced[priced]})`
}

function span(unit: string, least: string, most: string, say: IncidentMessages): string {
  return least === most ? unit + least : `${unit}${least} ${say.to} ${most}`
}
