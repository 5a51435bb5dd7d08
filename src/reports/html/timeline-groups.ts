import { millisecondsOf, type Time } from "../../units/time.ts"
import { utcOf } from "./show.ts"

export interface Happening<T> {
  readonly time: Time
  readonly item: T
}

export type Zoom = "day" | "month" | "year" | "years"

/** Milliseconds since 1970; equal ends for an instant. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** What began within one day, one month or some years, on a scale of its own. */
export interface Period<T> extends Span {
  readonly zoom: Zoom
  readonly happenings: readonly (Happening<T> & Span)[]
}

/** From this many on, a day or a month has a table to itself. */
const BUSY = 3

/**
 * A case may have eleven events in one night and the next two years later: one scale for all would be a line of
 * blots. So time is cut, in order, into days where much happened, months where something did, and years of little.
 */
export function periodsOf<T>(happenings: readonly Happening<T>[]): {
  readonly periods: readonly Period<T>[]
  readonly unknown: readonly Happening<T>[]
} {
  const spans = happenings.map(happening => ({ happening, span: spanOf(happening.time) }))
  const unknown = spans.filter(({ span }) => span === null).map(({ happening }) => happening)
  const known = spans
    .flatMap(({ happening, span }) => (span === null ? [] : [{ ...happening, ...span }]))
    .sort((a, b) => a.from - b.from || a.to - b.to)
  const days = busy(known, "day")
  const months = busy(known, "month")
  const periods: { zoom: Zoom; from: number; to: number; happenings: (Happening<T> & Span)[] }[] = []
  for (const one of known) {
    const zoom = days.has(startOf(one.from, "day"))
      ? "day"
      : months.has(startOf(one.from, "month"))
        ? "month"
        : "year"
    const [from, to] = [startOf(one.from, zoom), endOf(one.from, zoom)]
    const last = periods.at(-1)
    if (last?.zoom === zoom && last.from === from) last.happenings.push(one)
    else if (zoom === "year" && (last?.zoom === "year" || last?.zoom === "years")) {
      Object.assign(last, { zoom: "years", to })
      last.happenings.push(one)
    } else periods.push({ zoom, from, to, happenings: [one] })
  }
  return { periods, unknown }
}

function busy(spans: readonly Span[], zoom: "day" | "month"): ReadonlySet<number> {
  const counts = new Map<number, number>()
  for (const { from } of spans) counts.set(startOf(from, zoom), (counts.get(startOf(from, zoom)) ?? 0) + 1)
  return new Set([...counts].filter(([, count]) => count >= BUSY).map(([start]) => start))
}

function startOf(time: number, zoom: Zoom): number {
  const date = new Date(time)
  const month = zoom === "year" ? 0 : date.getUTCMonth()
  return Date.UTC(date.getUTCFullYear(), month, zoom === "day" ? date.getUTCDate() : 1)
}

function endOf(time: number, zoom: Zoom): number {
  const date = new Date(startOf(time, zoom))
  if (zoom === "day") return date.getTime() + 86_400_000
  return zoom === "month"
    ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
    : Date.UTC(date.getUTCFullYear() + 1, 0, 1)
}

function spanOf(time: Time): Span | null {
  if (time === null) return null
  const [from, to] = typeof time === "string" ? [time, time] : [time.from, time.to]
  const span = { from: millisecondsOf(utcOf(from)), to: millisecondsOf(utcOf(to)) }
  return Number.isNaN(span.from) || Number.isNaN(span.to) ? null : span
}
