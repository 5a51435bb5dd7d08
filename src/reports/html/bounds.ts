import type { CaseBound } from "../../casefile/case.ts"
import type { AssetAnswer } from "../../contracts/trace.ts"
import { rulesOf } from "./arrivals.ts"
import { type Context, inLanguage } from "./context.ts"
import { type Html, html, type Piece } from "./markup.ts"
import { citations, coinsText, gradeMark, showTime } from "./show.ts"
import { table } from "./table.ts"

/** What sources say of whole services, beside what the record itself shows there. Neither is added to the other. */
export function boundsSection(context: Context): Html | null {
  const { text, input } = context
  const bounds = input.caseFile?.bounds ?? []
  if (bounds.length === 0) return null
  const rows = bounds.map(bound => [
    html`${inLanguage(bound.statement, context)} ${gradeMark(bound.grade, context)} ${citations(bound.sources, context)}${
      bound.note === undefined ? null : html`<br><span class="note">${inLanguage(bound.note, context)}</span>`
    }`,
    text.bounds.relation[bound.relation](coinsText(bound.amount, bound.asset, context)),
    bound.asOf.includes("T") ? showTime(bound.asOf, context) : bound.asOf,
    traced(bound, input.trace.answers, context),
  ])
  const columns = [text.bounds.statement, text.bounds.reported, text.bounds.asOf, text.bounds.traced].map(
    head => ({ head }),
  )
  return html`<p>${text.bounds.lead}</p>\n${table(text.bounds.caption, columns, [{ rows }])}`
}

function traced(bound: CaseBound, answers: readonly AssetAnswer[], context: Context): Piece {
  const { text } = context
  if (bound.service === null) return text.bounds.noService
  const answer = answers.find(({ asset }) => asset === bound.asset)
  if (answer === undefined) return text.bounds.notTraced
  const sums = rulesOf(answer).map(rule => {
    const arrivals = (answer.rules[rule]?.arrivals ?? []).filter(({ service }) => service === bound.service)
    return { rule, sum: arrivals.reduce((total, arrival) => total + BigInt(arrival.traced), 0n) }
  })
  const [first] = sums
  if (first === undefined) return text.bounds.notTraced
  if (sums.every(({ sum }) => sum === first.sum)) {
    return html`${bound.service}${text.colon}${first.sum === 0n ? text.bounds.nothing : coinsText(first.sum, bound.asset, context)}`
  }
  return html`${bound.service}<ul class="plain">${sums.map(
    ({ rule, sum }) =>
      html`<li>${text.rules.names[rule]}${text.colon}${coinsText(sum, bound.asset, context)}</li>`,
  )}</ul>`
}
