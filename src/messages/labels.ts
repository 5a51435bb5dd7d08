import { type LabelMessages, labelsEn } from "./labels.en.ts"
import { labelsJa } from "./labels.ja.ts"
import type { Language } from "./language.ts"

export function labelMessages(language: Language): LabelMessages {
  return language === "ja" ? labelsJa : labelsEn
}
