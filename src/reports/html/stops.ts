import type { Arrival, LabelSaid, StoppedBy, StoppedByLabels } from "../../contracts/trace.ts"
import { type ServicesMessages, servicesEn } from "../../messages/services.en.ts"
import { servicesJa } from "../../messages/services.ja.ts"
import type { Context } from "./context.ts"
import { linkable } from "./escape.ts"
import { type Html, html, joined } from "./markup.ts"
import { addressCode, citations, code, gradeMark } from "./show.ts"
import { firstRows } from "./table.ts"

interface Stop {
  readonly service: string
  readonly by: StoppedBy
  readonly addresses: Set<string>
}

export const servicesText = ({ language }: Context): ServicesMessages =>
  language === "ja" ? servicesJa : servicesEn

/** By what following stopped, once for each service and reason: the list, its source and day; for a pattern, what shows it. */
export function stopsList(arrivals: readonly Arrival[], context: Context): Html | null {
  const say = servicesText(context)
  const stops = new Map<string, Stop>()
  for (const { service, address, stoppedBy: by } of arrivals) {
    if (by === undefined) continue
    const key = JSON.stringify([service, by])
    const known = stops.get(key) ?? { service, by, addresses: new Set<string>() }
    known.addresses.add(address)
    stops.set(key, known)
  }
  if (stops.size === 0) return null
  const { shown, leftOut } = firstRows([...stops.values()])
  const items = shown.map(stop => html`<li>${stopItem(stop, context)}</li>\n`)
  const rest = leftOut === 0 ? null : html`<p class="warn">${context.text.rowsLeftOut(leftOut)}</p>\n`
  return html`<h3>${say.why}</h3>
<ul>${items}</ul>${rest}`
}

function stopItem({ service, by, addresses }: Stop, context: Context): Html {
  const say = servicesText(context)
  const where = [...addresses].map(address => html`<br>${addressCode(address)}`)
  return html`${say.at(service, addresses.size)}: ${reason(by, context)}${where}`
}

function reason(by: StoppedBy, context: Context): Html {
  const say = servicesText(context)
  switch (by.kind) {
    case "file":
      return html`${say.file(by.list)}`
    case "case":
      return html`${say.case(by.list)} ${gradeMark(by.grade, context)} ${citations(by.sources, context)}`
    case "chain":
      return html`${say.chain}`
    case "label":
      return labelsList(by, say)
    default:
      return html`${say[by.kind](by.via)} ${gradeMark(by.grade, context)}
${labelsList(by, say)}
<div class="note">${say.shown}: ${joined(by.transactions.map(code), " ")}${leftOut(by.transactionsLeftOut, say)}</div>
<div class="note">${say.cannotRuleOut}: ${by.cannotRuleOut.map(doubt => say.doubts[doubt] ?? doubt).join("; ")}</div>`
  }
}

function labelsList({ labels, labelsLeftOut, disagree }: StoppedByLabels, say: ServicesMessages): Html {
  const items = labels.map(label => html`<li>${said(label, say)}</li>\n`)
  const warning = disagree ? html`<p class="warn">${say.disagree}</p>` : null
  return html`<ul class="plain">${items}</ul>${leftOut(labelsLeftOut, say)}${warning}`
}

function said(
  { label, category, abuse, list, source, seen, sanction }: LabelSaid,
  say: ServicesMessages,
): Html {
  const from = source === null || linkable(source) !== null ? "" : say.from(source)
  const told = say.label(label, say.kind(category ?? say.noCategory, abuse), list, from, seen)
  const text = sanction ? say.sanction(told) : told
  const url = source === null ? null : linkable(source)
  return url === null
    ? html`${text}`
    : html`${text} <a class="id" href="${url}" rel="noopener noreferrer">${url}</a>`
}

const leftOut = (count: number | undefined, say: ServicesMessages): string =>
  count === undefined ? "" : ` ${say.andLeftOut(count)}`
