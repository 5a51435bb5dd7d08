import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import type { AttributionFile } from "../../src/casefile/attribution-file.ts"
import { problemLine } from "../../src/messages/problem-line.ts"
import { loadAttribution } from "../../src/readers/attribution-file.ts"
import { Problem } from "../../src/units/problem.ts"
import { answered, bundled } from "./answers.ts"

const folder = mkdtempSync(join(tmpdir(), "ashiato-attribution-"))
afterAll(() => rmSync(folder, { recursive: true }))

/** What is thrown away on the way of changing a parsed file. */
type Loose = Record<string, unknown> & { [list: string]: Record<string, unknown>[] }

async function refused(
  change: (file: Loose) => void,
): Promise<{ readonly code: string; readonly line: string }> {
  const file = structuredClone(bundled("coincheck-2018")) as unknown as Loose
  change(file)
  return refusedText(JSON.stringify(file, null, 1))
}

async function refusedText(text: string) {
  const path = join(folder, "attribution.json")
  writeFileSync(path, text)
  try {
    await loadAttribution(path)
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, line: problemLine(error, "en") }
    throw error
  }
  throw new Error("nothing was refused")
}

const of = (file: Loose, list: string, id: string): Record<string, unknown> => {
  const found = file[list]?.find(item => item.id === id)
  if (found === undefined) throw new Error(id)
  return found
}
const derived = (claim: string) => ({
  claim,
  how: "stated",
  extent: "whole",
  verified: false,
  restsOn: { en: "x", ja: "あ" },
})
const words = (count: number) => Array.from({ length: count }, (_, at) => `w${at}`).join(" ")
const band = (file: Loose, low: string, high: string) => {
  of(file, "evidence", "E-GIB").bands = { DPRK: [low, high], EECRIME: ["0.1", "0.2"], OTHER: ["0.1", "0.2"] }
}

const WRONG: readonly (readonly [string, string, RegExp, (file: Loose) => void])[] = [
  [
    "a claim derived from itself",
    "claim-circle",
    /CC-GIB.*CC-GIB < CC-GIB/,
    file => {
      of(file, "claims", "CC-GIB").derivedFrom = [derived("CC-GIB")]
    },
  ],
  [
    "a claim derived from itself through others",
    "claim-circle",
    /CC-GIB < CC-E2 < CC-UST < CC-GIB/,
    file => {
      of(file, "claims", "CC-GIB").derivedFrom = [derived("CC-E2")]
    },
  ],
  [
    "a source that is not there",
    "case-reference",
    /claims\.0\.sources\.0 names source "S99"/,
    file => {
      of(file, "claims", "CC-GIB").sources = ["S99"]
    },
  ],
  [
    "a claim without a source",
    "json-expected",
    /claims\.0\.sources .*minItems 1/,
    file => {
      of(file, "claims", "CC-GIB").sources = []
    },
  ],
  [
    "a band above 1",
    "band-wrong",
    /E-GIB has the band \[0\.5, 1\.1\] for DPRK/,
    file => band(file, "0.5", "1.1"),
  ],
  [
    "a band that falls",
    "band-wrong",
    /E-GIB has the band \[0\.6, 0\.5\] for DPRK/,
    file => band(file, "0.6", "0.5"),
  ],
  [
    "a band whose high end is 0",
    "band-wrong",
    /E-GIB has the band \[0, 0\] for DPRK/,
    file => band(file, "0", "0"),
  ],
  ["a band below 0", "json-expected", /evidence\.0\.bands\.DPRK\.0/, file => band(file, "-0.1", "0.5")],
  [
    "a hypothesis without a band",
    "band-missing",
    /E-GIB has no bands for the hypothesis OTHER/,
    file => {
      of(file, "evidence", "E-GIB").bands = { DPRK: ["0.1", "0.2"], EECRIME: ["0.1", "0.2"] }
    },
  ],
  [
    "a band of a hypothesis that is not there",
    "case-reference",
    /names hypothesis "ALIENS"/,
    file => {
      const item = of(file, "evidence", "E-GIB")
      item.bands = { ...(item.bands as object), ALIENS: ["0.1", "0.2"] }
    },
  ],
  [
    "a claim on a hypothesis that is not there",
    "case-reference",
    /names hypothesis "ALIENS"/,
    file => {
      of(file, "claims", "CC-GIB").hypothesis = "ALIENS"
    },
  ],
  [
    "a quote of 20 words",
    "quote-too-long",
    /claim CC-GIB has 20 words/,
    file => {
      of(file, "claims", "CC-GIB").quote = { text: words(20) }
    },
  ],
  [
    "a quote of 39 Japanese characters",
    "quote-too-long",
    /claim CC-GIB has 20 words/,
    file => {
      of(file, "claims", "CC-GIB").quote = { text: "証".repeat(39) }
    },
  ],
  [
    "a claim's id used twice",
    "case-duplicate",
    /repeats the id "CC-GIB"/,
    file => {
      of(file, "claims", "CC-UN171").id = "CC-GIB"
    },
  ],
  [
    "an id of both a claim and a group",
    "case-duplicate",
    /repeats the id "CC-GIB"/,
    file => {
      of(file, "groups", "G-NIS").id = "CC-GIB"
    },
  ],
  [
    "no hypothesis for somebody else",
    "hypotheses-without-other",
    /exactly one hypothesis/,
    file => {
      delete of(file, "hypotheses", "OTHER").other
    },
  ],
  [
    "two hypotheses for somebody else",
    "hypotheses-without-other",
    /exactly one hypothesis/,
    file => {
      of(file, "hypotheses", "DPRK").other = true
    },
  ],
  [
    "evidence on nothing that is not marked as open",
    "json-expected",
    /evidence\.0/,
    file => {
      of(file, "evidence", "E-GIB").claims = []
    },
  ],
  [
    "a body that cannot mislead",
    "json-expected",
    /misleading\.chance/,
    file => {
      file.misleading = { chance: "0.000", reason: { en: "x", ja: "あ" } } as never
    },
  ],
  [
    "a grade that Admiralty does not have",
    "json-expected",
    /claims\.0\.grade/,
    file => {
      of(file, "claims", "CC-GIB").grade = "H9"
    },
  ],
]

describe("a file is refused by name, with its line, for", () => {
  it.each(WRONG)("%s", async (_, code, line, change) => {
    const problem = await refused(change)
    expect(problem.code).toBe(code)
    expect(problem.line).toMatch(line)
    expect(problem.line).toMatch(/attribution\.json:\d+:\d+: /)
    expect(problem.line).not.toContain("\n")
  })

  it("text that is no JSON", async () =>
    expect((await refusedText('{"schema": ')).code).toBe("json-malformed"))

  it("would not be refused as it is, nor with a quote of 19 words or of 38 Japanese characters", async () => {
    for (const text of [words(19), "証".repeat(38)]) {
      const tried = refused(file => {
        of(file, "claims", "CC-GIB").quote = { text }
      })
      await expect(tried).rejects.toThrow("nothing was refused")
    }
  })
})

describe("--without", () => {
  it("is refused for what the case does not have", () => {
    const file: AttributionFile = bundled("coincheck-2018")
    expect(() => answered(file, ["CC-GIB/CC-UN171"])).toThrow("without-unknown")
  })
})
