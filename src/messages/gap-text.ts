import type { Gap } from "../ledger/gap.ts"
import { gapsEn } from "./gaps.en.ts"
import { gapsJa } from "./gaps.ja.ts"
import type { Language } from "./language.ts"

/** The sentence that says what is not known. */
export function gapText({ code, detail }: Gap, language: Language): string {
  return (language === "ja" ? gapsJa : gapsEn)[code](detail)
}
