import { type FollowMessages, followEn } from "./follow.en.ts"
import { followJa } from "./follow.ja.ts"
import type { Language } from "./language.ts"

export function followMessages(language: Language): FollowMessages {
  return language === "ja" ? followJa : followEn
}
