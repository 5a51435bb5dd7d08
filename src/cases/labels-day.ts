import { FIRST_DAY, isDay } from "../ports/label-book.ts"
import { Problem } from "../units/problem.ts"

/**
 * A day as a user writes it; today (UTC) for null.
 *
 * @throws Problem `day-malformed`
 */
export function dayOf(text: string | null): string {
  if (text === null) return new Date().toISOString().slice(0, 10)
  if (!isDay(text)) throw new Problem("day-malformed", { value: text })
  return text
}

/**
 * The day on which lists say what they say.
 *
 * @throws Problem `day-malformed`, `day-impossible`
 */
export function seenDayOf(text: string): string {
  const day = dayOf(text)
  if (day < FIRST_DAY) throw new Problem("day-impossible", { value: text, first: FIRST_DAY })
  return day
}
