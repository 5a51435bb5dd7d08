import { sanctionsKept } from "../../cases/services-labelled.ts"
import type { Arrival, LabelSaid, StoppedBy } from "../../contracts/trace.ts"
import type { Language } from "../../messages/language.ts"
import { servicesMessages } from "../../messages/services.ts"
import { MOST_ROWS } from "./asset-page.ts"
import { printable } from "./table.ts"

/** Hashes and labels that are printed of one address; JSON has them all. */
const MOST_SHOWN = 4

/** By what following stopped: once for each service and reason, with the addresses that share it. */
export function stopsText(arrivals: readonly Arrival[], language: Language): string[] {
  const say = servicesMessages(language)
  const reasons = new Map<string, { arrival: Arrival; lines: readonly string[]; addresses: Set<string> }>()
  for (const arrival of arrivals) {
    if (arrival.stoppedBy === undefined) continue
    const lines = reasonLines(arrival.stoppedBy, language)
    const key = JSON.stringify([arrival.service, lines])
    const known = reasons.get(key) ?? { arrival, lines, addresses: new Set() }
    known.addresses.add(arrival.address)
    reasons.set(key, known)
  }
  if (reasons.size === 0) return []
  const told = [...reasons.values()].slice(0, MOST_ROWS).flatMap(({ arrival, lines, addresses }) => {
    const where = addresses.size === 1 ? `${arrival.service}, ${arrival.address}` : arrival.service
    const [first = "", ...rest] = lines
    return [`- ${say.at(where, addresses.size)}: ${first}`, ...rest.map(line => `    ${line}`)]
  })
  const more = reasons.size - MOST_ROWS
  return ["", say.why, ...told, ...(more > 0 ? [`- ${say.andLeftOut(more)}`] : [])].map(printable)
}

/** What is said of one address: the reason, then what stands behind it. */
export function reasonLines(by: StoppedBy, language: Language): readonly string[] {
  const say = servicesMessages(language)
  switch (by.kind) {
    case "file":
      return [say.file(by.list)]
    case "case":
      return [say.case(by.list)]
    case "chain":
      return [say.chain]
    case "label":
      return labelLines(by, language)
    default:
      return [
        say[by.kind](by.via),
        ...labelLines(by, language),
        `${say.shown}: ${shownOf(by.transactions, by.transactionsLeftOut ?? 0, language)}`,
        `${say.cannotRuleOut}: ${by.cannotRuleOut.map(code => say.doubts[code] ?? code).join("; ")}`,
      ]
  }
}

function labelLines(
  { labels, labelsLeftOut = 0, disagree }: Extract<StoppedBy, { kind: "label" }> | LabelledPattern,
  language: Language,
): readonly string[] {
  const say = servicesMessages(language)
  const said = ({ label, category, abuse, list, source, seen, sanction }: LabelSaid): string => {
    const kind = say.kind(category ?? say.noCategory, abuse)
    const told = say.label(label, kind, list, source === null ? "" : say.from(source), seen)
    return sanction ? say.sanction(told) : told
  }
  const more = labelsLeftOut + Math.max(0, labels.length - MOST_SHOWN)
  return [
    ...sanctionsKept(labels, MOST_SHOWN, ({ sanction }) => sanction).map(said),
    ...(more > 0 ? [say.moreLabels(more)] : []),
    ...(disagree ? [say.disagree] : []),
  ]
}

type LabelledPattern = Extract<StoppedBy, { kind: "deposit-address" | "cluster" }>

function shownOf(transactions: readonly string[], leftOut: number, language: Language): string {
  const more = leftOut + Math.max(0, transactions.length - MOST_SHOWN)
  const shown = transactions.slice(0, MOST_SHOWN).join(" ")
  return more > 0 ? `${shown} ${servicesMessages(language).andLeftOut(more)}` : shown
}
