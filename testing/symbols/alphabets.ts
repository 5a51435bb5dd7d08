/**
 * Letters and what they are forged with, one of each, by Unicode's table of characters that are taken for one another
 * (UTS #39, confusables of Unicode 15.0), and not by the program's own table. A test holds them to it where a library
 * that has it is there.
 */
export interface Alphabet {
  readonly name: string
  readonly latin: string
  readonly others: string
}

/** Of which forged symbols have been reported, in the order in which a mixed one takes its letters. */
const REPORTED: readonly Alphabet[] = [
  {
    name: "Cyrillic",
    latin: "ABCEGHIJKMOPSTVWXYabcdehijopqrsvwxy",
    others: "АВСЕԌНІЈКМОРЅТѴԜХУаЬсԁеһіјорԛгѕѵѡху",
  },
  { name: "Lisu", latin: "ABCDEFGHIJKLMNOPRSTUVWXYZd", others: "ꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜꓒ" },
  { name: "Armenian", latin: "OSUfghnoquw", others: "ՕՏՍքցհոօգսա" },
  {
    name: "Cherokee",
    latin: "ABCDEGHJKLMPRSTVWYZbcdhirsvwz",
    others: "ᎪᏴᏟᎠᎬᏀᎻᎫᏦᏞᎷᏢᎡᏕᎢᏙᎳᎩᏃᏏꮯᏧᏂᎥꮁꮪꮩꮃꮓ",
  },
  { name: "Greek", latin: "ABEFHIJKMNOPTXYZaijopruvy", others: "ΑΒΕϜΗΙͿΚΜΝΟΡΤΧΥΖαιϳορᴦυνγ" },
]

/** Of which we know of none. */
const UNREPORTED: readonly Alphabet[] = [
  { name: "other Latin", latin: "BFIJRXabcefgilorsuvwyz", others: "ꞴꞘƖꞲƦꞳɑƄᴄꬲẝƍıǀᴏꭇƽʋᴠɯɣᴢ" },
  { name: "Coptic", latin: "CHIKLMNOPTXYcopr", others: "ⲤⲎⲒⲔⳐⲘⲚⲞⲢⲦⲬⲨⲥⲟⲣⲅ" },
  { name: "Canadian syllabics", latin: "ABDFHJLMPRUVbdx", others: "ᗅᗷᗞᖴᕼᒍᒪᗰᑭᖇᑌᐯᑲᑯᕁ" },
  { name: "Carian, Deseret, Elbasan", latin: "ABCFHKLMNOSTVXY", others: "𐊠𐊡𐐕𐊥𐋏𐔘𐐛𐊰𐔓𐐄𐐠𐊱𐔝𐔧𐊲" },
  { name: "Latin itself", latin: "OIl", others: "0lI" },
]

const CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
const LETTERS = `${CAPITALS}${CAPITALS.toLowerCase()}`
const from = (capital: number, small: number): string =>
  [...LETTERS]
    .map((_, n) => String.fromCodePoint(n < CAPITALS.length ? capital + n : small + n - CAPITALS.length))
    .join("")

/** The same letters in another style, which Unicode itself writes back as plain ones. */
const STYLES: readonly Alphabet[] = [
  { name: "fullwidth", latin: LETTERS, others: from(0xff21, 0xff41) },
  { name: "mathematical", latin: LETTERS, others: from(0x1d400, 0x1d41a) },
  { name: "Roman numerals", latin: "CDILMVXcdilmvx", others: "ⅭⅮⅠⅬⅯⅤⅩⅽⅾⅰⅼⅿⅴⅹ" },
]

export const ALPHABETS: readonly Alphabet[] = [...REPORTED, ...UNREPORTED, ...STYLES]

/** Every letter of the alphabets of reported ones, each time of the next that has it. */
export function mixed(symbol: string): string {
  let turn = 0
  return [...symbol]
    .map(letter => {
      for (let tried = 0; tried < REPORTED.length; tried++) {
        const other = letterOf(REPORTED[(turn + tried) % REPORTED.length], letter)
        if (other === null) continue
        turn += tried + 1
        return other
      }
      return letter
    })
    .join("")
}

/** Null: this alphabet has none that looks like it. */
export function letterOf(alphabet: Alphabet | undefined, letter: string): string | null {
  const at = alphabet === undefined ? -1 : [...alphabet.latin].indexOf(letter)
  return at < 0 || alphabet === undefined ? null : ([...alphabet.others][at] ?? null)
}
