import { type AlarmMessages, alarmsEn } from "./alarms.en.ts"
import { alarmsJa } from "./alarms.ja.ts"
import type { Language } from "./language.ts"

export function alarmMessages(language: Language): AlarmMessages {
  return language === "ja" ? alarmsJa : alarmsEn
}
