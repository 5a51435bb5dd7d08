import type { NameEntry } from "../../attribution/names.ts"
import type { ActorsFile } from "../../casefile/attribution-actors.ts"
import { attributeMessages } from "../../messages/attribute.ts"
import type { Language } from "../../messages/language.ts"
import { printable } from "./table.ts"

/** Who uses a name, and with which others it is said to overlap. */
export function namesText(
  wanted: string,
  entries: readonly NameEntry[],
  { about, conflicts, sources }: ActorsFile,
  language: Language,
): string {
  const say = attributeMessages(language)
  if (entries.length === 0) return `${printable(say.noName(wanted))}\n`
  const cited = (ids: readonly string[]): string =>
    ids.map(id => sources.find(source => source.id === id)?.title ?? id).join(say.semicolon)
  const lines = [say.headNames, "", about[language], say.namesNote, ""]
  for (const { name, overlaps } of entries) {
    const formerly =
      name.formerly === undefined ? "" : ` (${say.columns.formerly}${say.colon}${name.formerly})`
    const since = `${say.columns.since}${say.colon}${name.since ?? say.unknownDate}`
    lines.push(`${name.name}${formerly} - ${say.columns.namer}${say.colon}${name.namer}${say.comma}${since}`)
    lines.push(`  ${cited(name.sources)}`)
    if (name.note !== undefined) lines.push(`  ${say.note}${say.colon}${name.note[language]}`)
    for (const { overlap, other } of overlaps) {
      const said = say.overlapLine(say.relations[overlap.relation], other.name, other.namer)
      const sure = overlap.verified ? say.verified : say.unverified
      lines.push(`  - ${said} [${sure}; ${overlap.date ?? say.unknownDate}; ${cited(overlap.sources)}]`)
      if (overlap.note !== undefined) lines.push(`    ${overlap.note[language]}`)
    }
  }
  lines.push("", say.headConflicts)
  for (const { where, problem } of conflicts) lines.push(`- ${where}${say.colon}${problem[language]}`)
  return `${lines.map(printable).join("\n")}\n`
}
