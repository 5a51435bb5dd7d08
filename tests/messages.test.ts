import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { GAP_CODES } from "../src/ledger/gap.ts"
import { gapsEn } from "../src/messages/gaps.en.ts"
import { gapsJa } from "../src/messages/gaps.ja.ts"
import { many } from "../src/messages/many.ts"
import { problemLine } from "../src/messages/problem-line.ts"
import { problemsEn } from "../src/messages/problems.en.ts"
import { problemsJa } from "../src/messages/problems.ja.ts"
import { screenEn } from "../src/messages/screen.en.ts"
import { textEn } from "../src/messages/text.en.ts"
import { textJa } from "../src/messages/text.ja.ts"
import { Problem, type ProblemCode } from "../src/units/problem.ts"

const declared = readFileSync(new URL("../src/units/problem.ts", import.meta.url), "utf8")
const codes = [...declared.matchAll(/^ {2}\| "([a-z-]+)"$/gm)].map(match => match[1] as ProblemCode)
const isJapanese = (text: string): boolean => /[\u3040-\u30ff\u4e00-\u9fff]/.test(text)

describe("every message exists in both languages", () => {
  it("finds the error codes", () => expect(codes.length).toBeGreaterThan(50))

  it.each(codes)("%s", code => {
    const en = problemsEn[code]({})
    const ja = problemsJa[code]({})
    expect(en).not.toBe("")
    expect(isJapanese(en)).toBe(false)
    expect(isJapanese(ja)).toBe(true)
  })

  it("has no error text without a code", () => {
    expect(Object.keys(problemsEn).sort()).toEqual([...codes].sort())
    expect(Object.keys(problemsJa).sort()).toEqual([...codes].sort())
  })

  it.each(GAP_CODES)("gap %s", code => {
    expect(isJapanese(gapsEn[code]({}))).toBe(false)
    expect(isJapanese(gapsJa[code]({}))).toBe(true)
  })

  it("has the same texts for the table", () => expect(Object.keys(textJa)).toEqual(Object.keys(textEn)))
})

describe("a problem's line", () => {
  it("says where, what and what to do, on one line, with the input made printable", () => {
    const problem = new Problem(
      "ref-unknown",
      { ref: `a\nb\u202ec${"x".repeat(500)}` },
      { file: "t.csv", line: 3, column: "to" },
    )
    const line = problemLine(problem, "en")
    expect(line).toMatch(/^ashiato: t\.csv:3:to: theft reference a·b·cx+\.\.\. is not in the records; write /)
    expect(line).not.toMatch(/[\n\u202e]/)
  })
})

describe("words", () => {
  const folder = new URL("../src/messages/", import.meta.url)
  const messages = (language: string) =>
    readdirSync(folder)
      .filter(name => name.endsWith(`.${language}.ts`))
      .map(name => [name, readFileSync(new URL(name, folder), "utf8")] as const)

  it("Japanese has one word for clusters and one for abuse", () => {
    expect(messages("ja").length).toBeGreaterThan(10)
    for (const [name, text] of messages("ja")) {
      expect(text.replaceAll("一まとまり", ""), name).not.toMatch(/まとまり|不正の種類/)
    }
  })

  it("English writes one and several out", () => {
    expect(messages("en").length).toBeGreaterThan(10)
    for (const [name, text] of messages("en")) expect(text, name).not.toMatch(/[a-z]\((?:s|es)\)/)
    expect([0, 1, 2, 100_000].map(count => many(count, "address", "addresses"))).toEqual([
      "0 addresses",
      "1 address",
      "2 addresses",
      "100,000 addresses",
    ])
    expect([1, 100_000].map(count => screenEn.lookedLabels(count, "L", "2024-01-01", null))).toEqual([
      "1 label of L, as of 2024-01-01",
      "100,000 labels of L, as of 2024-01-01",
    ])
    expect(screenEn.counts(100_000, 1_000, 0)).toBe(
      "100,000 screened: 1,000 with something found, 99,000 with nothing; 0 could not be read.",
    )
  })
})
