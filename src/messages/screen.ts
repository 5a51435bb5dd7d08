import type { Language } from "./language.ts"
import { type ScreenMessages, screenEn } from "./screen.en.ts"
import { screenJa } from "./screen.ja.ts"

export function screenMessages(language: Language): ScreenMessages {
  return language === "ja" ? screenJa : screenEn
}
