import { existsSync, readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"

const ROOT = fileURLToPath(new URL("../../", import.meta.url))

const WHO =
  "(?:the )?(?:North Korean?s?|DPRK|Lazarus(?: Group)?|TraderTraitor|APT ?38|Bluenoroff|HIDDEN COBRA|Russian?s?|Kim Jong[ -]Un)"
const DID =
  "(?:stole|hacked|robbed|looted|took|has stolen|have stolen|had stolen|carried out|committed|attacked)"
/** Ways of stating as a fact that somebody did it. */
const FORBIDDEN = [
  new RegExp(`\\b${WHO}(?: (?:hackers|actors|group|state))? ${DID}\\b`, "i"),
  new RegExp(`\\b(?:stolen|hacked|robbed|taken|attacked|committed|carried out) by ${WHO}\\b`, "i"),
  new RegExp(`\\b(?:thief|thieves|culprits?|perpetrators?|attackers?) (?:is|are|was|were|=) ${WHO}\\b`, "i"),
  new RegExp(
    `\\b${WHO} (?:is|are|was|were) (?:the )?(?:thief|thieves|culprits?|perpetrators?|behind|responsible|guilty)\\b`,
    "i",
  ),
  /(?:犯人|犯行者|窃盗犯|攻撃者)は、?(?:北朝鮮|Lazarus|ラザルス|TraderTraitor|ロシア)/i,
  /(?:北朝鮮|Lazarus|ラザルス|TraderTraitor|ロシア)(?:の(?:者|ハッカー|集団))?(?:が|は)(?:盗んだ|盗み|奪った|窃取した|攻撃した|犯人)/i,
  /(?:北朝鮮|Lazarus|ラザルス|TraderTraitor)による(?:犯行|窃取|盗難)(?:だった|である|です)/i,
]

/** What a source is quoted with, and what a claimant is said to say, is theirs. */
const SPOKEN = /"(?:quote|says|verbatim|certainty|url)"\s*:/
const QUOTED = /"[^"\n]*"|“[^”\n]*”|「[^」\n]*」/g

/** A claim's own words in a data file stand under these keys, in a line or in an object of two languages. */
function withoutClaims(json: string): string {
  const strip = (value: unknown, key: string): unknown => {
    if (SPOKEN.test(`"${key}":`)) return null
    if (Array.isArray(value)) return value.map(item => strip(item, ""))
    if (typeof value !== "object" || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, strip(child, name)]))
  }
  return JSON.stringify(strip(JSON.parse(json), ""), null, 1)
}

const statesAFact = (text: string): boolean => FORBIDDEN.some(pattern => pattern.test(text))
const offending = (text: string): readonly string[] => text.split("\n").filter(statesAFact)

function filesBelow(folder: string, pattern: RegExp): readonly string[] {
  if (!existsSync(`${ROOT}${folder}`)) return []
  return readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: "utf8" })
    .filter(name => pattern.test(name))
    .map(name => `${folder}/${name}`)
}

describe("nothing that ships states as a fact that somebody did it", () => {
  const code = [...filesBelow("src", /\.(ts|json)$/), ...filesBelow("cases", /\.json$/)]
  const prose = [...filesBelow("docs", /\.md$/), "README.md", "README.ja.md", "CHANGELOG.md"]

  it("has messages, case data and documents to look through", () => {
    expect(code.filter(name => name.startsWith("src/messages/")).length).toBeGreaterThan(10)
    expect(code).toContain("cases/coincheck-2018/attribution.json")
    expect(prose.length).toBeGreaterThan(5)
  })

  it("is so in the sources, their messages and the case data", () => {
    const found = code.flatMap(name => {
      const text = readFileSync(`${ROOT}${name}`, "utf8")
      return offending(name.startsWith("cases/") ? withoutClaims(text) : text).map(line => `${name}: ${line}`)
    })
    expect(found).toEqual([])
  })

  it("is so in the documents, outside of quotes", () => {
    const found = prose.flatMap(name =>
      offending(readFileSync(`${ROOT}${name}`, "utf8").replace(QUOTED, '""')).map(line => `${name}: ${line}`),
    )
    expect(found).toEqual([])
  })

  it.each([
    "North Korea stole the coins.",
    "the coins were stolen by Lazarus",
    "The thief is Lazarus Group.",
    "Lazarus is behind the theft",
    "the perpetrators were North Korean hackers",
    "DPRK hackers took 526 million XEM",
    "犯人は北朝鮮である",
    "北朝鮮が盗んだ",
    "ラザルスによる犯行だった",
  ])("would notice: %s", text => expect(statesAFact(text)).toBe(true))

  it.each([
    "Group-IB says that five were Lazarus's work",
    "who took the coins has not been established",
    "北朝鮮の関与は可能だと述べる",
  ])("lets pass: %s", text => expect(statesAFact(text)).toBe(false))

  it("lets what a claimant says stand as the claimant's, and nothing beside it", () => {
    const record = { says: { en: "that Lazarus stole it" }, note: { en: "Lazarus stole it" } }
    expect(offending(withoutClaims(JSON.stringify(record)))).toHaveLength(1)
  })
})
