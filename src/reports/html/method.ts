import { GRADES } from "../../ledger/grade.ts"
import type { Context } from "./context.ts"
import { type Html, html } from "./markup.ts"
import { sourcesList } from "./record.ts"
import { code, coinsText } from "./show.ts"
import { servicesText } from "./stops.ts"
import { table } from "./table.ts"

/** What the grades mean, how the figures come about, and how to make this report again. */
export function methodSection(context: Context): Html {
  const { text, input } = context
  const grades = GRADES.map(
    grade => html`<div><dt>${text.grades.names[grade]}</dt><dd>${text.grades.meaning[grade]}</dd></div>\n`,
  )
  return html`<h3>${text.method.grades}</h3>
<p>${text.grades.lead}</p>
<dl class="facts">${grades}</dl>
<h3>${text.method.how}</h3>
${text.method.paragraphs.map(paragraph => html`<p>${paragraph}</p>\n`)}
<h3>${text.method.settings}</h3>
<ul>${settings(context).map(setting => html`<li>${setting}</li>\n`)}</ul>
${sourcesList(context)}
<h3>${text.method.again}</h3>
<p>${text.method.againLead(input.version)}</p>
<pre>${input.command}</pre>
${inputsTable(context)}`
}

function settings(context: Context): readonly string[] {
  const { input, text } = context
  const assets = input.trace.answers.map(({ asset }) => coinsText(input.min, asset, context))
  return [
    text.method.fees[input.fees],
    input.stopAtServices ? text.method.stops : text.method.goesThrough,
    ...labelsAsked(context),
    input.min === "0" ? text.method.noMin : text.method.min(assets.join(text.comma)),
    input.maxHops === null ? text.method.noMaxHops : text.method.maxHops(input.maxHops),
  ]
}

function labelsAsked(context: Context): readonly string[] {
  const { labels } = context.input.trace
  return labels === undefined ? [] : [servicesText(context).labelsAsked(labels.count, labels.asOf)]
}

function inputsTable({ input, text }: Context): Html | null {
  if (input.inputs.length === 0) return null
  const columns = [{ head: text.method.input }, { head: "SHA-256" }]
  const rows = input.inputs.map(({ name, sha256 }) => [name, code(sha256)])
  return table(text.method.inputsCaption, columns, [{ rows }])
}
