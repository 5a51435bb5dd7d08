import { createHash } from "node:crypto"
import { existsSync, readFileSync } from "node:fs"
import { createBase58check } from "@scure/base"
import { describe, expect, it } from "vitest"
import { checkBitcoinAddress } from "../../src/chains/bitcoin/address.ts"
import { NETWORKS } from "../../src/chains/bitcoin/network.ts"
import { foldedSymbol, looksLikeSymbol } from "../../src/clustering/folded-symbol.ts"
import { chanceOfLikeness, formOf, likeness } from "../../src/clustering/look-alike.ts"
import { randomNumbers } from "./made-chain.ts"

const TOKENS = new URL("../../../shared/facts/bybit-2025/lookalike-tokens.csv", import.meta.url)
const absent = existsSync(TOKENS)
  ? ""
  : " (skipped: ../shared/facts/bybit-2025/lookalike-tokens.csv is absent)"
const rows = () =>
  readFileSync(TOKENS, "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map(line => {
      const [, , , alike = "", , symbol = "", , , real = ""] = line.trim().split(",")
      return { alike, symbol, real }
    })

const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest()
const base58 = createBase58check(sha256)
const hashed = (text: string) => createHash("sha256").update(text).digest("hex")

describe("the look-alikes of Bybit's thief", () => {
  it.skipIf(absent !== "")(`are told: each pair shares three characters and four at least${absent}`, () => {
    const found = rows().map(({ alike, real }) => likeness(alike, real))
    expect(found.map(both => `${both?.head}+${both?.tail}`)).toEqual([
      "4+4",
      "4+4",
      "4+4",
      "4+4",
      "3+5",
      "4+4",
    ])
  })

  it.skipIf(absent !== "")(
    `have symbols that fold to the real ones, or are written the same${absent}`,
    () => {
      const symbols = rows().map(({ symbol }) => symbol)
      expect(symbols.map(foldedSymbol)).toEqual(["ETH...", "stETH", "stETH", "stETH", "ETH", "ETH"])
      expect(symbols.map(symbol => looksLikeSymbol(symbol, /^st/i.test(symbol) ? "stETH" : "ETH"))).toEqual([
        true,
        true,
        true,
        true,
        true,
        false,
      ])
    },
  )
})

describe("look-alikes on Bitcoin", () => {
  // Lopp, "Bitcoin Address Poisoning Attacks", 2025, and the lists that he published with it: of nearly 48,000 pairs 38
  // from the first 400 (December 2023 to November 2024), 15 from the middle, 19 from the last blocks (January 2025).
  const pairs = readFileSync(new URL("lopp-2025.csv", import.meta.url), "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map(line => line.split(",") as [string, string])

  it("are told: in bech32 two characters and five agree, in base58 two and four", () => {
    const found = new Map<string, number>()
    for (const [alike, imitated] of pairs) {
      for (const text of [alike, imitated])
        expect(checkBitcoinAddress(text, NETWORKS.mainnet, "bitcoin")).toBe(text)
      const like = likeness(alike, imitated)
      const key = `${formOf(alike)} ${like?.head}+${like?.tail}`
      found.set(key, (found.get(key) ?? 0) + 1)
    }
    expect(Object.fromEntries(found)).toEqual({ "bech32 2+5": 20, "base58 2+4": 51, "base58 2+5": 1 })
    expect(pairs.filter(([alike]) => alike.startsWith("1"))).toHaveLength(34)
  })
})

describe("an address's form", () => {
  it("is by how it is written, whatever its network, and none of what is written otherwise", () => {
    expect(formOf(`0x${"aB".repeat(20)}`)).toBe("hex")
    for (const text of [`bc1q${"w508".repeat(9)}`, `TLTC1P${"W508".repeat(9)}`])
      expect(formOf(text)).toBe("bech32")
    for (const first of "13mn2LM") expect(formOf(`${first}${"z".repeat(33)}`)).toBe("base58")
    for (const text of [`NA${"A".repeat(38)}`, `na${"aaaa-".repeat(9)}aa`]) expect(formOf(text)).toBe("nem")
    for (const text of ["", "nonsense", "0xabc", `4${"A".repeat(94)}`]) expect(formOf(text)).toBeNull()
  })
})

describe("likeness", () => {
  it("finds none in 10,000 random pairs of each form", () => {
    let alike = 0
    for (let n = 0; n < 10_000; n++) {
      const [a, b] = [hashed(`a${n}`), hashed(`b${n}`)]
      if (likeness(`0x${a.slice(0, 40)}`, `0x${b.slice(0, 40)}`) !== null) alike++
    }
    for (let n = 0; n < 2_000; n++) {
      const [a, b] = [hashed(`a${n}`), hashed(`b${n}`)].map(hex =>
        base58.encode(Uint8Array.from(Buffer.from(`00${hex.slice(0, 40)}`, "hex"))),
      ) as [string, string]
      if (likeness(a, b) !== null) alike++
    }
    expect(alike).toBe(0)
  })

  it("is of two different addresses of one form and network, without regard to case where there is none", () => {
    const real = "0xa4b2fd68593b6f34e51cb9edb66e71c1b4ab449e"
    const fake = "0xa4b24033f4c6d70133e4557c2c32a3fb693e449e"
    expect(likeness(real, fake)).toEqual({ head: 4, tail: 4 })
    expect(likeness(real, `0x${fake.slice(2).toUpperCase()}`)).toEqual({ head: 4, tail: 4 })
    expect(likeness(real, real.toUpperCase().replace("0X", "0x"))).toBeNull()
    expect(likeness(real, "nonsense")).toBeNull()
    expect(likeness("x".repeat(1_000_000), real)).toBeNull()
    const p2wpkh = (body: string) => `bc1q${body}`
    const [a, b] = [`w508${"d6qe".repeat(7)}f3t4x5`, `w508${"8gf2".repeat(7)}f3t4x5`]
    expect(likeness(p2wpkh(a), p2wpkh(b))).toEqual({ head: 4, tail: 6 })
    expect(likeness(p2wpkh(a), `ltc1q${b}`)).toBeNull()
    expect(likeness(`TABCD2${"A".repeat(30)}WXYZ`, `TABCD2${"B".repeat(30)}WXYZ`)).toEqual({
      head: 4,
      tail: 4,
    })
  })
})

describe("the chance of a likeness", () => {
  const zeros = `0x${"0".repeat(40)}`

  it("is a count of all strings of a small length", () => {
    // Of all hex strings of four characters, those that share `head` first and `tail` last ones with "0000".
    for (const [head, tail] of [
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
      [0, 3],
    ] as const) {
      let alike = 0
      for (let n = 0; n < 16 ** 4; n++) {
        const text = n.toString(16).padStart(4, "0")
        if (text.startsWith("0".repeat(head)) && text.endsWith("0".repeat(tail))) alike++
      }
      const { numerator, denominator } = chanceOfLikeness(zeros, { head, tail }, 1n) ?? {
        numerator: 0n,
        denominator: 1n,
      }
      expect(Number(numerator) / Number(denominator)).toBe(alike / 16 ** 4)
    }
  })

  it("is no less than the exact one for several addresses, and 1 at most", () => {
    for (const addresses of [1n, 2n, 17n, 255n, 256n, 10_000n]) {
      const chance = chanceOfLikeness(zeros, { head: 1, tail: 1 }, addresses)
      const bound = Number(chance?.numerator) / Number(chance?.denominator)
      expect(bound).toBeGreaterThanOrEqual(1 - (1 - 1 / 256) ** Number(addresses) - 1e-12)
      expect(bound).toBeLessThanOrEqual(1)
    }
    expect(chanceOfLikeness("nonsense", { head: 3, tail: 4 }, 1n)).toBeNull()
  })

  it("holds for real base58, whose first letters the version leaves few values", () => {
    for (const version of [0x00, 0x05, 0x30, 0x32, 0x6f, 0xc4]) {
      const random = randomNumbers(version)
      const addresses = Array.from({ length: 4_000 }, () =>
        base58.encode(Uint8Array.from({ length: 21 }, (_, n) => (n === 0 ? version : random(256)))),
      )
      const [given = ""] = addresses
      for (const head of [1, 2, 3]) {
        const alike =
          addresses.filter(other => other.slice(0, head + 1) === given.slice(0, head + 1)).length - 1
        const chance = chanceOfLikeness(given, { head, tail: 0 }, 1n)
        const bound = Number(chance?.numerator) / Number(chance?.denominator)
        // Four deviations of a count of 4,000 draws.
        expect(alike).toBeLessThanOrEqual(4_000 * bound + 4 * Math.sqrt(4_000 * bound) + 1)
      }
    }
  })
})

describe("a folded symbol", () => {
  it("is the Latin one for symbols that were forged, as others report them", () => {
    // Trust Wallet's list of assets, pull requests 37070, 37790 and 37899, 2026; and what the tests of two open programs
    // say was seen on Polygon and Ethereum. The letters of Lisu, Armenian and Cherokee were added after these.
    const seen = [
      ["USDT", ["ՍSDT", "USDТ", "UЅⅮТ", "UЅDТ", "UЅDT", "ꓴꓢꓓꓔ", "ՍՏDТ", "U\u180bS\u180bD\u180bT"]],
      ["USDC", ["UЅDС", "ÚSDС", "ꓴꓢꓓC", "ꓴꓢꓓС", "ỤSDC", "USḌC", "USDC\u2063"]],
      ["ETH", ["EТH", "ЕТН", "E\u00adTH"]],
      ["BNB", ["BNB\u00a0"]],
    ] as const
    for (const [symbol, forged] of seen) {
      for (const text of forged) expect(looksLikeSymbol(text, symbol), text).toBe(true)
    }
  })

  it("is the Latin one for Cyrillic, Greek, fullwidth, accented and padded letters", () => {
    const forged = ["ЕТН", "ΕΤΗ", "ＥＴＨ", "ÉTH", "E\u200bTH", "𝐄𝐓𝐇", "ETH\u202e"]
    for (const symbol of forged) {
      expect(foldedSymbol(symbol)).toBe("ETH")
      expect(looksLikeSymbol(symbol, "ETH")).toBe(true)
    }
    expect(foldedSymbol("Uϲ ϹS")).toBe("Uc CS")
    expect(looksLikeSymbol("USDС", "USDC")).toBe(true)
    expect(looksLikeSymbol("USDϹ", "USDC")).toBe(true)
  })

  it("leaves real ones as they are, and takes other ones for none", () => {
    for (const symbol of ["ETH", "stETH", "USDT", "mETH", "cmETH", "日本円"])
      expect(foldedSymbol(symbol)).toBe(symbol)
    expect(looksLikeSymbol("ETH", "ETH")).toBe(false)
    expect(looksLikeSymbol("WETH", "ETH")).toBe(false)
    expect(looksLikeSymbol("", "")).toBe(false)
    expect(looksLikeSymbol("💰", "🎁")).toBe(false)
  })

  it("is bounded, whatever is given", () => {
    expect(foldedSymbol("\ufdfa".repeat(1_000_000)).length).toBeLessThan(10_000)
    expect(() => foldedSymbol("\ud835".repeat(300))).not.toThrow()
  })
})
