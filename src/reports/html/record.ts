import { type Context, inLanguage, wordFor } from "./context.ts"
import { linkable } from "./escape.ts"
import { type Html, html, type Piece } from "./markup.ts"
import { addressCode, amountText, citations, code, gradeMark, showTime } from "./show.ts"
import { table } from "./table.ts"

/** Points on which the sources contradict each other, every version kept. */
export function disagreementsSection(context: Context): Html | null {
  const { text, input } = context
  const all = input.caseFile?.disagreements ?? []
  if (all.length === 0) return null
  const rows = all.map(({ topic, versions, used }) => [
    inLanguage(topic, context),
    html`<ul class="plain">${versions.map(
      ({ value, sources }) => html`<li>${inLanguage(value, context)} ${citations(sources, context)}</li>\n`,
    )}</ul>`,
    inLanguage(used, context),
  ])
  const columns = [text.disagreements.topic, text.disagreements.versions, text.disagreements.used].map(
    head => ({ head }),
  )
  return html`<p>${text.disagreements.lead}</p>\n${table(text.disagreements.caption, columns, [{ rows }])}`
}

/** Tokens made to look like a traced one. They are shown so that a reader who meets them knows, and never count. */
export function lookalikesSection(context: Context): Html | null {
  const { text, input } = context
  const all = input.caseFile?.lookalikes ?? []
  if (all.length === 0) return null
  const rows = all.map(({ symbol, contract, tx, from, to, grade, sources, note }) => [
    html`${symbol}${foreign(symbol)}`,
    html`${addressCode(contract)}<div class="tx">${text.columns.tx} ${code(tx)}</div>`,
    html`${addressCode(from)}<br>\u2192 ${addressCode(to)}${note === undefined ? null : html`<div class="note">${inLanguage(note, context)}</div>`}`,
    html`${gradeMark(grade, context)}<br>${citations(sources, context)}`,
  ])
  const columns = [
    text.lookalikes.symbol,
    text.lookalikes.contract,
    text.transfers.ends,
    text.columns.evidence,
  ].map(head => ({ head }))
  return html`<p>${text.lookalikes.lead}</p>\n${table(text.lookalikes.caption, columns, [{ rows }])}`
}

/** Letters that imitate a Latin one are told by their numbers, because the eye cannot tell them. */
function foreign(symbol: string): Piece {
  const points = [...symbol].filter(char => !/[\x20-\x7e]/.test(char)).map(pointOf)
  return points.length === 0 ? null : html`<br><span class="note">${points.join(" ")}</span>`
}

const pointOf = (char: string): string =>
  `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`

/** Who an address is said to be. The words for roles are the sources' own. */
export function addressesSection(context: Context): Html | null {
  const { text, input } = context
  const { addresses = [], services = [] } = input.caseFile ?? {}
  if (addresses.length + services.length === 0) return null
  const remark = (note: { readonly en: string; readonly ja: string } | undefined): Piece =>
    note === undefined ? null : html`<div class="note">${inLanguage(note, context)}</div>`
  const named = addresses.map(({ address, role, name, active, grade, sources, note }) => [
    addressCode(address),
    wordFor(text.addresses.roles, role),
    html`${inLanguage(name, context)}${active === undefined ? null : html`<div class="note">${text.addresses.active} ${showTime(active, context)}</div>`}${remark(note)}`,
    html`${gradeMark(grade, context)}<br>${citations(sources, context)}`,
  ])
  const stops = services.map(({ address, service, grade, sources, note }) => [
    addressCode(address),
    text.addresses.service,
    html`${service}${remark(note)}`,
    html`${gradeMark(grade, context)}<br>${citations(sources, context)}`,
  ])
  const columns = [
    text.columns.address,
    text.addresses.role,
    text.addresses.basis,
    text.columns.evidence,
  ].map(head => ({ head }))
  return html`<p>${text.addresses.lead}</p>\n${table(text.addresses.caption, columns, [{ rows: [...named, ...stops] }])}`
}

/** Everything that the answer does not know or that its reader must know of it. */
export function gapsSection(context: Context): Html {
  const { text, input } = context
  const { gaps, complete, answers } = input.trace
  const verdict = html`<p class="${complete ? "holds" : "warn"}">${complete ? text.claim.isComplete : text.claim.isNotComplete}</p>\n`
  if (gaps.length === 0) return html`${verdict}<p>${text.gaps.none}</p>`
  const rows = gaps.map(gap => {
    const asset =
      answers.find(answer => gap.pot?.endsWith(`/${answer.asset}`))?.asset ??
      (answers.length === 1 ? answers[0]?.asset : undefined)
    const coins =
      gap.amount === null
        ? ""
        : asset === undefined
          ? gap.amount
          : `${amountText(gap.amount, asset, context)} ${asset}`
    return [
      html`<span class="nb">${gap.code}</span>`,
      gap.pot === null ? "" : addressCode(gap.pot),
      coins,
      gap.text,
    ]
  })
  const columns = [
    { head: text.gaps.code },
    { head: text.columns.place },
    { head: text.columns.amount, numeric: true },
    { head: text.gaps.meaning },
  ]
  return html`${verdict}<p>${text.gaps.lead}</p>\n${table(text.gaps.caption, columns, [{ rows }])}`
}

/** Every publication that the record rests on. */
export function sourcesList(context: Context): Html | null {
  const sources = context.input.caseFile?.sources ?? []
  if (sources.length === 0) return null
  const { text, sourceAnchors } = context
  const items = sources.map(({ id, title, url, published }) => {
    const href = url === null ? null : linkable(url)
    const where =
      url === null
        ? null
        : href === null
          ? html`<br>${code(url)}`
          : html`<br><a class="id" href="${href}" rel="noopener noreferrer">${href}</a>`
    return html`<div id="${sourceAnchors.get(id) ?? ""}"><dt>${id}</dt><dd>${title}${published === null ? null : html` (${published})`}${where}</dd></div>\n`
  })
  return html`<h3>${text.method.sources}</h3>\n<dl class="sources">${items}</dl>\n`
}
