import type { Language } from "./language.ts"
import { type TextMessages, textEn } from "./text.en.ts"
import { textJa } from "./text.ja.ts"

export function textMessages(language: Language): TextMessages {
  return language === "ja" ? textJa : textEn
}
