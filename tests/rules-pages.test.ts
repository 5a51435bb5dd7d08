import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { openThefts } from "../src/cases/open.ts"
import { traceCase } from "../src/cases/trace-case.ts"
import { RULES } from "../src/ledger/vocabulary.ts"

const PAGES = new URL("../docs/rules/", import.meta.url)

function block(page: string, tag: string): string {
  const found = new RegExp(`\`\`\`${tag}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1]
  if (found === undefined) throw new Error(`the page has no block "${tag}"`)
  return found
}

describe("the hand-worked example of each rule's page is what the program answers", () => {
  it.each(RULES)("%s", async rule => {
    const page = readFileSync(new URL(`${rule}.md`, PAGES), "utf8")
    const folder = mkdtempSync(join(tmpdir(), "ashiato-page-"))
    const outputs = join(folder, "outputs.csv")
    const inputs = join(folder, "inputs.csv")
    writeFileSync(outputs, block(page, "csv outputs"))
    writeFileSync(inputs, block(page, "csv inputs"))
    const declared = JSON.parse(block(page, "json thefts")) as Record<string, string[]>
    const expected = JSON.parse(block(page, "json expected"))
    const records = { kind: "utxo", outputs, inputs } as const
    const opened = await openThefts({ records, chain: null, theftRefs: [], theftsFile: null }, null, null)
    const inquiry = {
      ...opened,
      caseId: null,
      thefts: Object.entries(declared).map(([id, refs]) => ({ id, refs })),
      rules: [rule],
      allRules: false,
      fees: "drop" as const,
      min: 0n,
      maxHops: null,
      stopAtServices: true,
      flows: null,
    }
    const { document } = await traceCase(inquiry, gap => gap.code)
    const answer = document.answers[0]?.rules[rule]
    const holdings = Object.fromEntries((answer?.holdings ?? []).map(({ pot, traced }) => [pot, traced]))
    expect(holdings).toEqual(expected.holdings)
    if (rule === "poison") expect(answer).toMatchObject({ reach: expected.reach, reconciles: null })
    else {
      const { total } = answer as { total: Record<string, string> }
      expect(Object.fromEntries(Object.entries(total).filter(([, amount]) => amount !== "0"))).toEqual(
        expected.total,
      )
      expect(answer?.reconciles).toBe(true)
    }
  })

  it("has a page for every rule and no other", () => {
    const pages = readdirSync(PAGES).filter(name => name !== "README.md")
    expect(pages.sort()).toEqual(RULES.map(rule => `${rule}.md`).sort())
  })
})
