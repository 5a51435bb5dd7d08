import type { SumCheckDocument } from "../../contracts/incidents.ts"
import { incidentMessages } from "../../messages/incidents.ts"
import type { Language } from "../../messages/language.ts"
import { grouped } from "./money-text.ts"
import { widthOf } from "./table.ts"

/** A published total, its parts added up, and whether that reproduces it. */
export function incidentSumText(document: SumCheckDocument, language: Language): string {
  const say = incidentMessages(language)
  const { sum, parts, total, difference, verdict, verified } = document
  const rows: [string, string, string][] = parts.map(({ incident, value, verified: read }, at) => {
    const mark = read === false ? `[${say.notVerified}] ` : ""
    return [
      incident,
      value === null ? say.notCounted : grouped(value),
      mark + (sum.parts[at]?.why[language] ?? ""),
    ]
  })
  rows.push([say.partsTotal, grouped(total), ""])
  rows.push([say.stated, grouped(sum.stated), ""])
  rows.push([say.difference, grouped(difference), ""])
  const [left, right] = [0, 1].map(column => Math.max(...rows.map(row => widthOf(row[column] ?? ""))))
  const statements = sum.statements.map(({ claimant, date, verified: read, derivedFrom = [] }) => {
    const copies = derivedFrom.map(({ claim }) => {
      return say.copy(sum.statements.find(({ id }) => id === claim)?.claimant ?? claim)
    })
    const marks = [...copies, ...(read ? [] : [say.notVerified])]
    return `  ${claimant}${date === null ? "" : `, ${date}`}${marks.length > 0 ? ` [${marks.join("; ")}]` : ""}`
  })
  const lines = [
    `${sum.title[language]}  [${sum.id}]`,
    `${say.statedBy}:`,
    ...statements,
    "",
    `${sum.currency}`,
    ...rows.map(([name, money, why]) => {
      return `  ${padEnd(name, left ?? 0)}  ${padStart(money, right ?? 0)}  ${why}`.trimEnd()
    }),
    "",
    say.verdicts[verdict](grouped(sum.roundedTo)),
    sum.working[language],
    ...(sum.unnamed === null ? [] : [`${say.unnamed}: ${sum.unnamed.text[language]}`]),
    ...(verified ? [] : [say.unverifiedParts]),
    "",
    `${say.sources}:`,
    ...sum.sources.map(({ title, url }) => `  ${title}${url === null ? "" : `, ${url}`}`),
  ]
  return `${lines.join("\n")}\n`
}

const padEnd = (text: string, width: number): string => text + " ".repeat(width - widthOf(text))
const padStart = (text: string, width: number): string => " ".repeat(width - widthOf(text)) + text
