import type { Context } from "./context.ts"
import { type Html, html } from "./markup.ts"
import type { Span, Zoom } from "./timeline-groups.ts"

const WIDTH = 170
const HEIGHT = 18
const EDGE = 6
/** A window shorter than this on the scale would not be seen to be one. */
const LEAST_BAR = 5

const scaleOf = ({ from, to }: Span) => {
  const perMillisecond = (WIDTH - 2 * EDGE) / (to - from)
  return (time: number): number =>
    Math.round((EDGE + (Math.min(Math.max(time, from), to) - from) * perMillisecond) * 10) / 10
}

/**
 * When it happened within its period: a dot for an instant, a bar for a window, with an arrow where the window goes
 * on beyond the scale. The time stands beside it as text.
 */
export function strip(spans: readonly Span[], period: Span, kind: "event" | "movement"): Html {
  const x = scaleOf(period)
  const middle = HEIGHT / 2
  // Thousands of payments at the same tenth of a pixel are one mark.
  const distinct = new Map(spans.map(span => [`${x(span.from)} ${x(span.to)}`, span]))
  const marks = [...distinct.values()].map(({ from, to }) => {
    if (from === to) return html`<circle class="${kind}" cx="${x(from)}" cy="${middle}" r="3.5"/>`
    const goesOn = to > period.to
    const width = Math.max(LEAST_BAR, Math.round((x(to) - x(from)) * 10) / 10)
    // A window that ends with its period must not stick out of it.
    const start = Math.min(x(from), WIDTH - EDGE - width)
    const arrow = goesOn ? html`<path class="on" d="M${WIDTH - EDGE} ${middle - 4}l6 4l-6 4z"/>` : null
    return html`<rect class="${kind}" x="${start}" y="${middle - 3}" width="${width}" height="6" rx="${goesOn ? 0 : 2}"/>${arrow}`
  })
  return html`<svg class="strip-svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" aria-hidden="true" focusable="false">
<path class="axis" d="M${EDGE} ${middle}H${WIDTH - EDGE}"/>${marks}</svg>`
}

/** The scale of a period, written once at its head. */
export function stripHead(period: Span & { readonly zoom: Zoom }, { text }: Context): Html {
  const x = scaleOf(period)
  const ticks = TICKS[period.zoom](period).map(({ time, label }) => {
    const at = x(time)
    const anchor = at < 14 ? "start" : at > WIDTH - 14 ? "end" : "middle"
    return html`<path class="tick" d="M${at} 13V18"/><text x="${at}" y="10" text-anchor="${anchor}">${label}</text>`
  })
  return html`<svg class="strip-svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${text.timeline.scale}">${ticks}</svg>`
}

interface Tick {
  readonly time: number
  readonly label: string
}

const HOUR = 3_600_000

const TICKS: Readonly<Record<Zoom, (period: Span) => readonly Tick[]>> = {
  years: ({ from, to }) =>
    yearsBetween(from, to).map(year => ({ time: Date.UTC(year, 0, 1), label: `${year}` })),
  day: ({ from }) => [0, 6, 12, 18, 24].map(hour => ({ time: from + hour * HOUR, label: `${hour}h` })),
  month: ({ from, to }) =>
    [1, 8, 15, 22, 29]
      .map(day => ({ time: from + (day - 1) * 24 * HOUR, label: `${day}` }))
      .filter(({ time }) => time < to),
  year: ({ from }) =>
    [1, 4, 7, 10].map(month => ({
      time: Date.UTC(new Date(from).getUTCFullYear(), month - 1, 1),
      label: `${month}`,
    })),
}

/** Every year, or every second, third ... so that no more than five are written. */
function yearsBetween(from: number, to: number): readonly number[] {
  const [first, last] = [new Date(from).getUTCFullYear(), new Date(to - 1).getUTCFullYear()]
  const every = Math.ceil((last - first + 1) / 5)
  return Array.from({ length: Math.ceil((last - first + 1) / every) }, (_, index) => first + index * every)
}
