import type { Time } from "../../units/time.ts"
import { type Context, inLanguage } from "./context.ts"
import { type Html, html, type Piece } from "./markup.ts"
import { type Movement, movementsOf } from "./movements.ts"
import { citations, coinsText, gradeMark, showTime } from "./show.ts"
import { type Happening, type Period, periodsOf, type Span } from "./timeline-groups.ts"
import { strip, stripHead } from "./timeline-strip.ts"

type Item =
  | { readonly event: Piece; readonly movement?: never }
  | { readonly movement: Movement; readonly event?: never }

/** More transfers in a row than this are one line with a dot for each; the list of transfers has them one by one. */
const MOST_IN_A_ROW = 12

export function timelineSection(context: Context): Html | null {
  const { caseFile } = context.input
  const events = (caseFile?.events ?? []).map((event): Happening<Item> => {
    const cited = html`${gradeMark(event.grade, context)} ${citations(event.sources, context)}`
    const note =
      event.note === undefined ? null : html`<br><span class="note">${inLanguage(event.note, context)}</span>`
    return { time: event.time, item: { event: html`${inLanguage(event.text, context)} ${cited}${note}` } }
  })
  const movements = movementsOf(context).map(
    (movement): Happening<Item> => ({ time: movement.time, item: { movement } }),
  )
  const { periods, unknown } = periodsOf([...events, ...movements])
  if (periods.length === 0 && unknown.length === 0) return null
  const { text } = context
  const rest =
    unknown.length === 0
      ? null
      : html`<h3>${text.timeline.unknown}</h3>\n<ul>${listed(unknown, context)}</ul>\n`
  return html`<p>${text.timeline.lead}</p>\n${periods.map(period => periodTable(period, context))}${rest}`
}

function periodTable(period: Period<Item>, context: Context): Html {
  const { text } = context
  const title = text.timeline.period[period.zoom](isoOf(period.from), isoOf(period.to - 1))
  const lines = runsOf(period.happenings).map(run => line(run, period, context))
  return html`<table class="timeline"><caption>${title}</caption>
<thead><tr><th scope="col">${text.columns.time}</th><th scope="col" class="strip">${stripHead(period, context)}</th><th scope="col">${text.timeline.what}</th></tr></thead>
<tbody>${lines}</tbody></table>
`
}

const isoOf = (time: number): string => new Date(time).toISOString()

type Run = readonly (Happening<Item> & Span)[]

function runsOf<H extends Happening<Item>>(happenings: readonly H[]): readonly (readonly H[])[] {
  const runs: H[][] = []
  for (const one of happenings) {
    const last = runs.at(-1)
    const isMovement = (other: Happening<Item> | undefined) => other?.item.movement !== undefined
    if (last !== undefined && isMovement(one) && isMovement(last[0])) last.push(one)
    else runs.push([one])
  }
  return runs.flatMap(run => (run.length > MOST_IN_A_ROW ? [run] : run.map(one => [one])))
}

function line(run: Run, period: Period<Item>, context: Context): Html {
  const [first] = run
  if (first === undefined) return html``
  const last = run.reduce((latest, one) => (one.to > latest.to ? one : latest), first)
  const time: Time = run.length === 1 ? first.time : { from: startOf(first.time), to: endOf(last.time) }
  const what = run.length === 1 ? told(first.item, context) : toldTogether(run, context)
  const kind = first.item.movement === undefined ? "event" : "movement"
  return html`<tr><th scope="row">${showTime(time, context)}</th><td class="strip">${strip(run, period, kind)}</td><td>${what}</td></tr>
`
}

const startOf = (time: Time): string => (time === null ? "" : typeof time === "string" ? time : time.from)
const endOf = (time: Time): string => (time === null ? "" : typeof time === "string" ? time : time.to)

function told({ event, movement }: Item, context: Context): Piece {
  if (movement === undefined) return event ?? null
  const { from, to, amount, asset } = movement
  const coins = amount === null ? context.text.transfers.remainder : coinsText(amount, asset, context)
  return html`<span class="moved">${movement.id === null ? null : html`${movement.id}: `}<b class="amt">${coins}</b> ${from} \u2192 ${to}</span>`
}

function toldTogether(run: readonly Happening<Item>[], context: Context): Piece {
  const sums = new Map<string, bigint>()
  for (const { item } of run) {
    if (item.movement?.amount == null) continue
    sums.set(item.movement.asset, (sums.get(item.movement.asset) ?? 0n) + item.movement.amount)
  }
  const total = [...sums].map(([asset, sum]) => coinsText(sum, asset, context)).join(", ")
  return html`<span class="moved">${context.text.timeline.together(run.length, total)}</span>`
}

const listed = (happenings: readonly Happening<Item>[], context: Context): Piece =>
  runsOf(happenings).map(run => {
    const [first] = run
    const what =
      run.length === 1 && first !== undefined ? told(first.item, context) : toldTogether(run, context)
    return html`<li>${what}</li>\n`
  })
