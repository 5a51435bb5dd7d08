import type { Language } from "./language.ts"
import { type LedgerMessages, ledgerEn } from "./ledger.en.ts"
import { ledgerJa } from "./ledger.ja.ts"

export function ledgerMessages(language: Language): LedgerMessages {
  return language === "ja" ? ledgerJa : ledgerEn
}
