import type { Language } from "./language.ts"
import { type ServicesMessages, servicesEn } from "./services.en.ts"
import { servicesJa } from "./services.ja.ts"

export function servicesMessages(language: Language): ServicesMessages {
  return language === "ja" ? servicesJa : servicesEn
}
