import type { Language } from "../../messages/language.ts"
import { inJst, type Time } from "../../units/time.ts"

/** A time in UTC, in Japanese also on the Japanese clock; a window as both its ends; null where none is known. */
export function timeText(time: Time, language: Language): string | null {
  if (time === null) return null
  if (typeof time === "string") return instant(time, language)
  return `${instant(time.from, language)} - ${instant(time.to, language)}`
}

function instant(time: string, language: Language): string {
  const utc = `${time.slice(0, -1).replace("T", " ")} UTC`
  return language === "ja" ? `${utc} (${inJst(time)})` : utc
}
