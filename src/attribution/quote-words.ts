/** Kana, kanji, Hangul and what belongs to them, which are written without spaces. */
const UNSPACED = /[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]/gu

/** A quote is shorter than this. */
export const QUOTE_WORDS = 20

/**
 * Words of a quote. What stands between spaces is a word; in scripts without spaces two characters count as one,
 * because a Japanese text takes about two for each word of its English translation.
 */
export function wordsOf(quote: string): number {
  const unspaced = quote.match(UNSPACED)?.length ?? 0
  const spaced = quote.replace(UNSPACED, " ").match(/[\p{L}\p{N}][^\s]*/gu)?.length ?? 0
  return spaced + Math.ceil(unspaced / 2)
}
