import type { Problem } from "../units/problem.ts"
import type { Language } from "./language.ts"
import { problemsEn } from "./problems.en.ts"
import { problemsJa } from "./problems.ja.ts"

/** Longest piece of the user's own input repeated in a message. */
const MOST_REPEATED = 120

/** One line for a person: where, what is wrong, what to do. Input repeated in it is cut and made printable. */
export function problemLine({ code, detail, where }: Problem, language: Language): string {
  const { file, line, column } = where
  const place = [file, line, column].filter(part => part !== undefined).join(":")
  const safe = Object.fromEntries(Object.entries(detail).map(([key, value]) => [key, printable(value)]))
  const text = (language === "ja" ? problemsJa : problemsEn)[code](safe)
  return place === "" ? `ashiato: ${text}` : `ashiato: ${place}: ${text}`
}

function printable(value: string | number): string | number {
  if (typeof value === "number") return value
  const shown = value.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "\u00b7")
  return shown.length > MOST_REPEATED ? `${shown.slice(0, MOST_REPEATED)}...` : shown
}
