import type { AssetAnswer, Figures } from "../../contracts/trace.ts"
import { type Bucket, PLACES_OF_VALUE, SOURCES_OF_VALUE } from "../../ledger/vocabulary.ts"
import { disputed, samePlaces, sidesOf } from "./agreement.ts"
import { type Context, conservingOf } from "./context.ts"
import { type Html, html, type Piece } from "./markup.ts"
import { amount } from "./show.ts"
import { type Body, type Column, table } from "./table.ts"

/** For each asset the figures under every rule side by side, and the check that they add up. */
export function figuresSection(context: Context): Html {
  const { text, input } = context
  return html`<p>${text.figures.lead}</p>
<p class="identity">${text.figures.identity}</p>
${input.trace.answers.map(answer => [
  conservingOf(answer).length === 0 ? null : totals(answer, context),
  agreement(answer, context),
  answer.thefts.length > 1 ? byTheft(answer, context) : null,
])}${reach(context)}`
}

function ruleColumns(answer: AssetAnswer, { text }: Context, first: string): readonly Column[] {
  const rules = conservingOf(answer).map(([rule]) => ({ head: text.rules.names[rule], numeric: true }))
  return [{ head: first }, ...rules]
}

function totals(answer: AssetAnswer, context: Context): Html {
  const { text } = context
  const all = conservingOf(answer).map(([, { total }]) => total)
  const row = (bucket: Bucket): readonly Piece[] => [
    text.buckets[bucket],
    ...all.map(total => muted(total[bucket], answer.asset, context)),
  ]
  const sides = all.map(sidesOf)
  const check: Body = {
    kind: "check",
    rows: [
      [text.figures.sources, ...sides.map(({ sources }) => amount(sources, answer.asset, context))],
      [text.figures.sum, ...sides.map(({ places }) => amount(places, answer.asset, context))],
      [
        text.figures.check,
        ...sides.map(({ sources, places }) => verdict(sources, places, answer.asset, context)),
      ],
    ],
  }
  const bodies: readonly Body[] = [
    { head: text.figures.enters, rows: SOURCES_OF_VALUE.map(row) },
    { head: text.figures.isNow, rows: PLACES_OF_VALUE.map(row) },
    check,
  ]
  return table(text.figures.caption(answer.asset), ruleColumns(answer, context, text.columns.figure), bodies)
}

function verdict(sources: bigint, places: bigint, asset: string, context: Context): Html {
  const { text } = context
  if (sources === places) return html`<span class="holds">${text.figures.holds}</span>`
  const difference = sources > places ? sources - places : places - sources
  return html`<span class="warn">${text.figures.differs} ${amount(difference, asset, context)}</span>`
}

/** Nothing is printed as 0, not left out: a reader must see that the place was looked at. */
function muted(value: string, asset: string, context: Context): Html {
  return value === "0" ? html`<span class="zero">0</span>` : amount(value, asset, context)
}

function agreement(answer: AssetAnswer, context: Context): Html | null {
  const { text } = context
  const count = conservingOf(answer).length
  if (count === 0) return null
  if (count === 1) return html`<p>${text.figures.oneRule}</p>\n`
  const different = disputed(answer)
  if (different.length > 0) {
    return html`<p>${text.figures.rulesDiffer(different.map(bucket => text.buckets[bucket]))}</p>\n`
  }
  return html`<p>${samePlaces(answer) ? text.figures.rulesAgreeWholly(count) : text.figures.rulesAgree(count)}</p>\n`
}

/** Where labels name several thefts the sums of the thefts may exceed the total; `collided` says by how much. */
function byTheft(answer: AssetAnswer, context: Context): Html | null {
  const { text } = context
  const rules = conservingOf(answer)
  if (rules.length === 0) return null
  const keys = [...SOURCES_OF_VALUE, "collided", ...PLACES_OF_VALUE] as const
  const bodies = answer.thefts.map(({ id }): Body => {
    const own = rules.map(([, rule]): (Figures & { readonly collided: string }) | null =>
      Object.hasOwn(rule.byTheft, id) ? (rule.byTheft[id] ?? null) : null,
    )
    const rows = keys.flatMap(key => {
      const values = own.map(figures => figures?.[key] ?? "0")
      if (key !== "declared" && key !== "collided" && values.every(value => value === "0")) return []
      return [[text.buckets[key], ...values.map(value => muted(value, answer.asset, context))]]
    })
    return { head: id, rows }
  })
  const caption = text.figures.byTheftCaption(answer.asset)
  return html`${table(caption, ruleColumns(answer, context, text.columns.figure), bodies)}<p class="note">${text.figures.byTheftNote}</p>\n`
}

/** One table for all assets: poison has nothing to add up, so nothing is lost by setting them together. */
function reach(context: Context): Html | null {
  const { text, input } = context
  const rows = input.trace.answers.flatMap(({ asset, thefts, rules: { poison } }) => {
    if (poison === undefined) return []
    const row = (name: string, { held, services }: { readonly held: string; readonly services: string }) => [
      name,
      asset,
      amount(held, asset, context),
      amount(services, asset, context),
    ]
    const each = thefts.length < 2 ? [] : Object.entries(poison.byTheft).map(([id, own]) => row(id, own))
    return [row(text.figures.everyTheft, poison.reach), ...each]
  })
  if (rows.length === 0) return null
  const columns = [
    { head: text.columns.theft },
    { head: text.columns.asset },
    { head: text.buckets.held, numeric: true },
    { head: text.buckets.services, numeric: true },
  ]
  return html`${table(text.figures.reachCaption, columns, [{ rows }])}<p class="note">${text.figures.reachNote}</p>\n`
}
