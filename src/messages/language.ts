export const LANGUAGES = ["en", "ja"] as const
export type Language = (typeof LANGUAGES)[number]

/** The language of a locale name such as "ja_JP.UTF-8"; English for every other. */
export function languageOf(locale: string | undefined): Language {
  return locale?.toLowerCase().startsWith("ja") ? "ja" : "en"
}
