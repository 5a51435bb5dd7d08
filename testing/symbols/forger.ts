import { ALPHABETS, letterOf, mixed } from "./alphabets.ts"

/** A symbol that was made to look like a known one. */
export interface ForgedSymbol {
  readonly text: string
  readonly imitates: string
  /** The alphabet or the trick, for counting. */
  readonly way: string
}

/**
 * What shows nothing between the first letters, or behind the last: zero-width space, soft hyphen, invisible separator,
 * Mongolian variation selector, no-break space.
 */
const UNSEEN = ["\u200b", "\u00ad", "\u2063", "\u180b"] as const
const BEHIND = "\u00a0"
/** Dot below, acute, bar across: a mark on the first letter. */
const MARKS = ["\u0323", "\u0301", "\u0335"] as const

/** Every known symbol in every way: all letters that can be, and the first alone. */
export function forgedSymbols(known: readonly string[]): readonly ForgedSymbol[] {
  const real = new Set(known)
  const made = new Map<string, ForgedSymbol>()
  for (const imitates of known) {
    for (const [way, text] of forgeriesOf(imitates)) {
      const key = `${imitates} ${text}`
      // A symbol that is also a real one would be no forgery.
      if (text !== imitates && !real.has(text) && !made.has(key)) made.set(key, { text, imitates, way })
    }
  }
  return [...made.values()]
}

function* forgeriesOf(symbol: string): Generator<readonly [way: string, text: string]> {
  for (const alphabet of ALPHABETS) {
    const others = [...symbol].map(letter => letterOf(alphabet, letter) ?? letter)
    yield [alphabet.name, others.join("")]
    const first = [...symbol].findIndex(letter => letterOf(alphabet, letter) !== null)
    const one = [...symbol].map((letter, at) => (at === first ? (others[at] ?? letter) : letter))
    yield [alphabet.name, one.join("")]
  }
  yield ["several alphabets", mixed(symbol)]
  const [head = "", ...rest] = symbol
  for (const nothing of UNSEEN) yield ["unseen characters", `${head}${nothing}${rest.join("")}`]
  yield ["unseen characters", `${symbol}${BEHIND}`]
  for (const mark of MARKS) yield ["marks", `${head}${mark}${rest.join("")}`.normalize("NFC")]
}
