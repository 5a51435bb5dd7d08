import type { Language } from "./language.ts"
import { type LinkMessages, linksEn } from "./links.en.ts"
import { linksJa } from "./links.ja.ts"

export function linkMessages(language: Language): LinkMessages {
  return language === "ja" ? linksJa : linksEn
}
