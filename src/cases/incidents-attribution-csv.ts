import type { Claim } from "../attribution/claim.ts"
import type { AttributionFile } from "../casefile/attribution-file.ts"
import { csvRow } from "./incidents-csv.ts"

export const ATTRIBUTION_COLUMNS = [
  "case",
  "claim",
  "claimant",
  "date",
  "aspect",
  "hypothesis",
  "stance",
  "says",
  "certainty",
  "amount",
  "unit",
  "price_date",
  "grade",
  "derived_from",
  "revises",
  "disputes",
  "correction",
  "unverified",
  "quote",
  "note",
  "sources",
] as const

/** Every claim of an attribution file as rows of CSV, one for each figure that it gives, or one where it gives none. */
export function attributionCsv(file: AttributionFile, language: "en" | "ja"): string {
  const rows = file.claims.flatMap(claim => {
    const values = claim.values === undefined || claim.values.length === 0 ? [null] : claim.values
    return values.map(value => rowOf(file, claim, value, language))
  })
  return [ATTRIBUTION_COLUMNS, ...rows].map(csvRow).join("")
}

type Value = NonNullable<Claim["values"]>[number]

function rowOf(
  file: AttributionFile,
  claim: Claim,
  value: Value | null,
  language: "en" | "ja",
): readonly string[] {
  const urls = claim.sources.map(id => file.sources.find(source => source.id === id)?.url ?? id)
  return [
    file.case,
    claim.id,
    claim.claimant,
    claim.date,
    claim.aspect,
    claim.hypothesis ?? "",
    claim.stance ?? "",
    claim.says[language],
    claim.certainty ?? "",
    value === null ? "" : `${value.approximate ? "~" : ""}${value.amount}`,
    value?.unit ?? "",
    value?.priceDate ?? "",
    claim.grade,
    claim.derivedFrom.map(one => `${one.claim} (${one.how}${one.verified ? "" : ", unverified"})`).join(" "),
    claim.revises.join(" "),
    claim.disputes.join(" "),
    claim.corrections.map(({ verbatim, instead }) => `${verbatim} > ${instead}`).join(" / "),
    claim.unverified?.[language] ?? "",
    claim.quote?.text ?? "",
    claim.note?.[language] ?? "",
    urls.join(" "),
  ]
}
