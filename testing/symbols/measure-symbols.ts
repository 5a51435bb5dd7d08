import { looksLikeSymbol } from "../../src/clustering/folded-symbol.ts"
import { getOrMake } from "../../src/units/get-or-make.ts"
import { score, type Tallies, tallyOf } from "../wallets/tally.ts"
import { forgedSymbols } from "./forger.ts"
import { HONEST_SYMBOLS, KNOWN_SYMBOLS } from "./tokens.ts"

/** The name under which figures measured on these lists are told; changed whenever a symbol in them is. */
export const SYMBOL_LISTS = "forged-symbols-1"

/**
 * Counts symbols. Right is a forged one that is told to look like what it was made to look like, missed one that is not;
 * too much is a real one that is told to look like a known one of another token.
 */
export function measureSymbols(): Tallies {
  const tallies: Tallies = new Map()
  const tally = tallyOf(tallies, "look-alike-symbol")
  for (const { text, imitates } of forgedSymbols(KNOWN_SYMBOLS))
    score(tally, looksLikeSymbol(text, imitates), true)
  for (const symbol of realSymbols()) score(tally, imitatedBy(symbol).length > 0, false)
  return tallies
}

export const realSymbols = (): readonly string[] => [...KNOWN_SYMBOLS, ...HONEST_SYMBOLS]

/** What a symbol is told to look like. */
export const imitatedBy = (symbol: string): readonly string[] =>
  KNOWN_SYMBOLS.filter(known => looksLikeSymbol(symbol, known))

/** By the way of forging: how many were told, of how many. */
export function forgedByWay(): ReadonlyMap<string, { told: number; of: number }> {
  const ways = new Map<string, { told: number; of: number }>()
  for (const { text, imitates, way } of forgedSymbols(KNOWN_SYMBOLS)) {
    const count = getOrMake(ways, way, () => ({ told: 0, of: 0 }))
    count.of++
    if (looksLikeSymbol(text, imitates)) count.told++
  }
  return ways
}
