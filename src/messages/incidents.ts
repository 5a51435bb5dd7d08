import { type IncidentMessages, incidentsEn } from "./incidents.en.ts"
import { incidentsJa } from "./incidents.ja.ts"
import type { Language } from "./language.ts"

export function incidentMessages(language: Language): IncidentMessages {
  return language === "ja" ? incidentsJa : incidentsEn
}
