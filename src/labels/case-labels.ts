import type { CaseFile } from "../casefile/case.ts"
import { isDay } from "../ports/label-book.ts"
import { dayFor, type LabelFileOptions, type LabelSink } from "./label-file.ts"
import { freeText, nameText } from "./label-text.ts"
import type { Networks } from "./network.ts"
import { placed } from "./place.ts"

/** The addresses and services that a case names, as labels: the role is the category, the grade the confidence. */
export function readCaseLabels(
  caseFile: CaseFile,
  networks: Networks,
  options: LabelFileOptions,
  sink: LabelSink,
): void {
  const list = options.list ?? `case ${caseFile.id}`
  const own = caseFile.horizon.time === null ? null : dayIn(caseFile.horizon.time)
  const whole = dayFor(options.seen === null ? own : null, options)
  sink.begin({ form: "case", list, creator: null, day: whole.day, dayFrom: whole.from })
  const sources = new Map(caseFile.sources.map(source => [source.id, source]))
  const items = [
    ...caseFile.addresses.map(item => ({ ...item, name: item.name.en, category: item.role })),
    ...caseFile.services.map(item => ({ ...item, name: item.service, category: "service" })),
  ]
  for (const { address, name, category, grade, sources: ids, note } of items) {
    const where = placed(networks, caseFile.chain, address, null, sink)
    if (where === null) continue
    const from = ids.flatMap(id => sources.get(id) ?? [])
    const published = from.flatMap(({ published: day }) => (day !== null && isDay(day) ? [day] : []))
    const { day, from: seenFrom } = dayFor(published.sort()[0] ?? own, options)
    sink.label({
      address: where.address,
      network: where.network,
      checked: where.checked,
      label: nameText("name", name),
      actor: null,
      category,
      abuse: null,
      confidence: grade,
      definesCluster: null,
      source:
        options.source ??
        freeText(
          "source",
          from
            .map(({ title, url }) => url ?? title)
            .join("; ")
            .slice(0, 4000),
        ),
      licence: options.licence,
      note: note === null || note === undefined ? null : freeText("note", note.en.slice(0, 4000)),
      list,
      creator: null,
      seen: day,
      seenFrom,
      withdrawn: null,
    })
  }
}

/** Times of a case are instants or windows; the day of the end counts. */
function dayIn(time: CaseFile["horizon"]["time"]): string | null {
  if (time === null) return null
  return (typeof time === "string" ? time : time.to).slice(0, 10)
}
