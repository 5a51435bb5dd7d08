import type { Text } from "../../casefile/case.ts"
import {
  type AssetAnswer,
  CONSERVING_RULES,
  type ConservingAnswer,
  type ConservingRule,
} from "../../contracts/trace.ts"
import type { Language } from "../../messages/language.ts"
import { type ReportMessages, reportEn } from "../../messages/report.en.ts"
import { reportJa } from "../../messages/report.ja.ts"
import { type AddressBook, addressBook } from "./address-book.ts"
import type { ReportInput } from "./input.ts"

/** What every section needs: the input, the language's texts, and what the case calls things. */
export interface Context {
  readonly input: ReportInput
  readonly language: Language
  readonly text: ReportMessages
  readonly book: AddressBook
  /** Anchors of sources by id. Numbers, because an id of a case file is no safe anchor. */
  readonly sourceAnchors: ReadonlyMap<string, string>
  readonly decimals: ReadonlyMap<string, number>
}

export function contextOf(input: ReportInput, language: Language): Context {
  const { caseFile, trace } = input
  const assets = [...(caseFile?.assets ?? []), ...trace.answers]
  return {
    input,
    language,
    text: language === "ja" ? reportJa : reportEn,
    book: addressBook(caseFile, language),
    sourceAnchors: new Map((caseFile?.sources ?? []).map(({ id }, index) => [id, `source-${index + 1}`])),
    decimals: new Map(assets.map(({ asset, decimals }) => [asset, decimals])),
  }
}

export const inLanguage = (text: Text, { language }: Context): string => text[language]

/** The word for a key of a contract; the key itself where a newer contract has one that no text knows. */
export function wordFor(words: Readonly<Record<string, string>>, key: string): string {
  return Object.hasOwn(words, key) ? (words[key] as string) : key
}

/** The conserving rules of an answer, in the order of the contract. */
export function conservingOf(answer: AssetAnswer): readonly (readonly [ConservingRule, ConservingAnswer])[] {
  return CONSERVING_RULES.flatMap(rule => {
    const own = answer.rules[rule]
    return own === undefined ? [] : [[rule, own] as const]
  })
}
