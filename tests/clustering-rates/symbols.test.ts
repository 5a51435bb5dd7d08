import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { looksLikeSymbol } from "../../src/clustering/folded-symbol.ts"
import { measuredRecord } from "../../src/clustering/measured-rates.ts"
import { ALPHABETS, mixed } from "../../testing/symbols/alphabets.ts"
import { forgedSymbols } from "../../testing/symbols/forger.ts"
import { askIcu } from "../../testing/symbols/icu-confusables.ts"
import { forgedByWay, imitatedBy, realSymbols } from "../../testing/symbols/measure-symbols.ts"
import { HONEST_SYMBOLS, KNOWN_SYMBOLS, OTHER_SYMBOLS } from "../../testing/symbols/tokens.ts"

const page = readFileSync(new URL("../../docs/clustering-error-rates.md", import.meta.url), "utf8")
/** In one line, wherever its lines end. */
const section = (page.split("\n## Forged symbols\n")[1]?.split("\n## ")[0] ?? "").replaceAll(/\s+/g, " ")

const written = (n: number) => n.toLocaleString("en-US")

const PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
const pairs = ALPHABETS.flatMap(({ latin, others }) => {
  const [of, forged] = [[...latin], [...others]]
  return of.map((letter, at) => [letter, forged[at] ?? ""] as const)
})
const icu = askIcu(pairs.flat(), PLAIN)
const unasked = typeof icu === "string" ? ` (skipped: ${icu})` : ""
const otherTable =
  typeof icu === "string" || icu.unicode === "15.0" ? unasked : ` (skipped: ICU has Unicode ${icu.unicode})`

describe("forged symbols", () => {
  it("are forged: none is written as what it imitates, nor as another real one", () => {
    const forged = forgedSymbols(KNOWN_SYMBOLS)
    expect(forged.filter(({ text, imitates }) => text === imitates || KNOWN_SYMBOLS.includes(text))).toEqual(
      [],
    )
    expect(new Set(forged.map(({ text, imitates }) => `${imitates} ${text}`)).size).toBe(forged.length)
    for (const { latin, others } of ALPHABETS) expect([...others]).toHaveLength([...latin].length)
    expect(mixed("USDC")).not.toMatch(/[A-Z]/)
  })

  it.skipIf(unasked !== "")(
    `are of letters that Unicode takes for the real ones, by its table or as another style${unasked}`,
    () => {
      if (typeof icu === "string") throw new Error(icu)
      const unlike = pairs.filter(([letter, other], at) => {
        return icu.skeletons[2 * at] !== icu.skeletons[2 * at + 1] && other.normalize("NFKC") !== letter
      })
      expect(unlike).toEqual([])
    },
  )

  it("are told as often as the documentation says, way by way", () => {
    for (const [way, { told, of }] of forgedByWay())
      expect(section).toContain(`| ${way} | ${told} of ${of} |`)
    const all = [...forgedByWay().values()]
    const { truePositives, falseNegatives } = measuredRecord("look-alike-symbol")
    expect(all.reduce((sum, { told }) => sum + told, 0)).toBe(truePositives)
    expect(all.reduce((sum, { of }) => sum + of, 0)).toBe(truePositives + (falseNegatives ?? 0))
    // Lisu, Armenian and Cherokee came after the first count.
    const added = ["Lisu", "Armenian", "Cherokee", "several alphabets"]
    const later = added.reduce((sum, way) => sum + (forgedByWay().get(way)?.told ?? 0), 0)
    expect(section).toContain(`${truePositives - later} of ${written(truePositives + (falseNegatives ?? 0))}`)
  })

  it("are told of three real ones too, which the documentation names", () => {
    const told = realSymbols().filter(symbol => imitatedBy(symbol).length > 0)
    expect(told).toEqual(["USDt", "BTC.b", "ОР"])
    expect(measuredRecord("look-alike-symbol").falsePositives).toBe(told.length)
    for (const symbol of told) expect(section).toContain(symbol)
    const words = HONEST_SYMBOLS.length - OTHER_SYMBOLS.length
    expect(section).toContain(
      `${realSymbols().length} real, different symbols: the ${KNOWN_SYMBOLS.length}, ${OTHER_SYMBOLS.length} of other tokens`,
    )
    expect(section).toContain(`${KNOWN_SYMBOLS.length} well-known symbols`)
    expect(section).toContain(`${words} words`)
    expect(new Set(realSymbols()).size).toBe(realSymbols().length)
  })

  it.skipIf(otherTable !== "")(
    `are told of the documented share of all that Unicode 15.0 has${otherTable}`,
    () => {
      if (typeof icu === "string") throw new Error(icu)
      const told = new Map<string, boolean>()
      for (const [character, letter] of icu.alike) {
        const isTold = looksLikeSymbol(`X${character}X`, `X${letter}X`)
        told.set(character, told.get(character) === true || isTold)
      }
      const count = [...told.values()].filter(one => one).length
      expect(section).toContain(`${written(count)} of ${written(told.size)}`)
    },
  )
})
