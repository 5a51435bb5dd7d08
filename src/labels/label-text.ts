import { FIRST_DAY } from "../ports/label-book.ts"
import { Problem } from "../units/problem.ts"

/** Longest text of one field. What is longer is no label, and no source either. */
export const MOST_TEXT = 4096
/** Longest name of a list, label, actor, category. */
export const MOST_NAME = 512

/** Longest context of an actor: a dozen lists of words. */
export const MOST_CONTEXT = 16_384

/** C0 and C1 controls, and what turns the direction of text or hides in it; a line's end is none of these in a note. */
const CONTROL =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/u
/** Most texts; seen at a glance, they need no closer look. */
const PLAIN = /^[ -;=-~]*$/
const MARKUP = /<[!/?a-z]/i

/** A malformed label file is refused whole. */
export function malformed(reason: string, line?: number): Problem {
  return new Problem("labels-malformed", { reason }, line === undefined ? {} : { line })
}

/** Of an entry's day: before Bitcoin's first block. */
export function tooEarly(field: string, day: string): string {
  return `${field} ${day} is before ${FIRST_DAY}, the day of the first block of any chain`
}

/**
 * A name as a list gives it: one line, no markup, nothing that cannot be seen.
 *
 * @throws Problem `labels-malformed`
 */
export function nameText(field: string, text: string, line?: number): string {
  const free = freeText(field, text, line)
  const name = /[^\S ]| {2}/.test(free) ? free.replace(/\s+/g, " ") : free
  if (name.length > MOST_NAME) throw malformed(`${field} is longer than ${MOST_NAME} characters`, line)
  if (MARKUP.test(name)) throw malformed(`${field} holds markup: ${name}`, line)
  return name
}

/**
 * Free words: a source, a note. Whatever they hold is data, but it must be visible.
 *
 * @throws Problem `labels-malformed`
 */
export function freeText(field: string, text: string, line?: number): string {
  if (text.length > MOST_TEXT) throw malformed(`${field} is longer than ${MOST_TEXT} characters`, line)
  if (!PLAIN.test(text) && CONTROL.test(text))
    throw malformed(`${field} holds control characters or hidden ones`, line)
  return text.trim()
}
