import type { Language } from "./language.ts"
import { type SweepMessages, sweepEn } from "./sweep.en.ts"
import { sweepJa } from "./sweep.ja.ts"

export function sweepMessages(language: Language): SweepMessages {
  return language === "ja" ? sweepJa : sweepEn
}
