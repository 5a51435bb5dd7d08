import { helpEn } from "./help.en.ts"
import { helpJa } from "./help.ja.ts"
import type { Language } from "./language.ts"

export const generalHelp = (language: Language): string => (language === "ja" ? helpJa : helpEn).general
export const traceHelp = (language: Language): string => (language === "ja" ? helpJa : helpEn).trace
export const ingestHelp = (language: Language): string => (language === "ja" ? helpJa : helpEn).ingest
export const ledgerHelp = (language: Language): string => (language === "ja" ? helpJa : helpEn).ledger
