import { Problem } from "./problem.ts"

/** A UTC time no more precise than its source: "2018-01-25T15:02:13Z", or "2018-01-25T18:35Z" to the minute. */
export type Instant = string
/** What a record says of when: a time, a window in which it lies, or nothing. */
export type Time = Instant | { readonly from: Instant; readonly to: Instant } | null

const ISO_WITH_ZONE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/

/**
 * Reads ISO 8601 with a zone, or unix seconds; empty is unknown. Keeps the precision of the source.
 *
 * @throws Problem `time-malformed`
 */
export function parseInstant(text: string): Instant | null {
  if (text === "") return null
  if (/^\d{1,11}$/.test(text)) return new Date(Number(text) * 1000).toISOString().replace(".000Z", "Z")
  const match = ISO_WITH_ZONE.exec(text)
  const milliseconds = match ? Date.parse(text) : Number.NaN
  if (!match || Number.isNaN(milliseconds) || !isDayOfMonth(text)) {
    throw new Problem("time-malformed", { value: text })
  }
  if (text.length === "2018-01-25T15:02:13Z".length) return text
  const iso = new Date(milliseconds).toISOString()
  return match[1] === undefined ? `${iso.slice(0, 16)}Z` : `${iso.slice(0, 19)}Z`
}

/** Date.parse takes 30 February for 2 March; a record that says so is wrong and must not be mended. */
function isDayOfMonth(text: string): boolean {
  const [year, month, day] = [text.slice(0, 4), text.slice(5, 7), text.slice(8, 10)].map(Number)
  return (day as number) <= new Date(Date.UTC(year as number, month as number, 0)).getUTCDate()
}

/** Milliseconds since 1970 of an instant; for the end of a window, give its `to`. */
export function millisecondsOf(instant: Instant): number {
  return Date.parse(instant)
}

const JST_OFFSET_MS = 9 * 3_600_000

/** The same instant on the Japanese clock, "2018-01-26 00:02:13 JST", with the precision it came in. */
export function inJst(instant: Instant): string {
  const shifted = new Date(millisecondsOf(instant) + JST_OFFSET_MS).toISOString()
  return `${shifted.slice(0, instant.length - 1).replace("T", " ")} JST`
}
