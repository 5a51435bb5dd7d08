import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { GAP_CODES } from "../src/ledger/gap.ts"
import { gapsEn } from "../src/messages/gaps.en.ts"
import { gapsJa } from "../src/messages/gaps.ja.ts"
import { problemLine } from "../src/messages/problem-line.ts"
import { problemsEn } from "../src/messages/problems.en.ts"
import { problemsJa } from "../src/messages/problems.ja.ts"
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
