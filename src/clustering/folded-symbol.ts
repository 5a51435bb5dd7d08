/**
 * Letters of other scripts that look like a Latin one, each script's letters above those they stand for. After the idea
 * of Unicode TR39; the table is our own and holds what token symbols were seen or are likely to be forged with. Of other
 * scripts, and of plain letters and digits like "l" and "0", nothing is folded: USD0 and USDO are two real tokens.
 */
const LOOKS_LIKE: readonly (readonly [others: string, latin: string])[] = [
  // Cyrillic.
  ["АВЕЅЗІЈКМНОРСТУХҮԌԚԜҺ", "ABES3IJKMHOPCTYXYGQWH"],
  ["авеѕзіјкмнорстухүԍԛԝһԁӏг", "abes3ijkmhopctyxygqwhdlr"],
  // Greek.
  ["ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "ABEZHIKMNOPTYXC"],
  ["αεικνορτυχϲ", "aeikvoptuxc"],
  // Latin that is not the plain letter.
  ["ıȷɑɡ", "ijag"],
  // Lisu, Armenian, Cherokee: forged dollars so written were reported to Trust Wallet's list of assets (pull requests
  // 37070 and 37315, 2026), and stand in the tests of two other open programs.
  ["ꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜꓒ", "ABCDEFGHIJKLMNOPRSTUVWXYZd"],
  ["ՍՏՕսօոռհգզցքա", "USOuonnhqqgfw"],
  ["ᎪᏴᏟᎠᎬᏀᏳᎻᎫᏦᏞᎷᏢᎡᏒᎢᏕᏚᏙᎳᏔᎩᎽᏃ", "ABCDEGGHJKLMPRRTSSVWWYYZ"],
  ["ꮯꮁꮪꮩꮃꮓᏏᏧᏂᎥ", "crsvwzbdhi"],
]

const FOLDS: ReadonlyMap<string, string> = new Map(
  LOOKS_LIKE.flatMap(([others, latin]) =>
    [...others].map((other, n) => [other, latin[n] as string] as const),
  ),
)

/** Marks set on a letter, and characters that show nothing. */
const UNSEEN = /[\p{Mn}\p{Cf}\p{Cc}]/gu

/** Symbols are short; of a longer one no more than this is looked at. */
const LONGEST_SYMBOL = 256

/**
 * A token's symbol as it looks: fullwidth and styled letters plain (NFKC), Cyrillic and Greek ones as the Latin letter
 * that they look like, accents and unseen characters gone. "ЕТН" in Cyrillic becomes "ETH".
 */
export function foldedSymbol(symbol: string): string {
  // Twice: NFKC makes another letter of some (the lunate sigma, a "C" to the eye, becomes a plain sigma).
  const plain = folded(symbol.slice(0, LONGEST_SYMBOL)).normalize("NFKC").normalize("NFD").replace(UNSEEN, "")
  return folded(plain)
}

const folded = (text: string): string => [...text].map(letter => FOLDS.get(letter) ?? letter).join("")

/**
 * Whether a symbol only looks like a known one: its letters and digits are the same once folded, without regard to
 * case, and it is not written the same. A forged token may also be written the same; that only its contract tells.
 */
export function looksLikeSymbol(symbol: string, known: string): boolean {
  const seen = (text: string) =>
    foldedSymbol(text)
      .replace(/[^\p{L}\p{N}]/gu, "")
      .toLowerCase()
  const wanted = seen(known)
  return symbol !== known && wanted !== "" && seen(symbol) === wanted
}
