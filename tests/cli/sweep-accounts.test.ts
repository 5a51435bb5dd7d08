import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import type { SweepDocument } from "../../src/contracts/sweep.ts"
import type { TraceDocument } from "../../src/contracts/trace.ts"
import type { Scenario } from "../../testing/generator/scenario.ts"
import { printServices, printThefts, printTransfers } from "../../testing/oracle/rows.ts"
import { scenarioWithHeights, transfersOf } from "../stores/account-ledger/made.ts"
import { ashiato, newFolder } from "./run-cli.ts"
import { figures } from "./swept-as-traced.ts"

/** A random ledger of accounts in a folder of its own, its thefts and services beside it. */
function stage(seed: number): { readonly folder: string; readonly heights: readonly number[] } {
  const scenario = scenarioWithHeights(seed)
  const folder = newFolder({
    "transfers.csv": printTransfers(transfersOf(scenario)),
    "thefts.csv": theftsOf(scenario),
    "services.csv": printServices(
      [...scenario.conditions.services].map(([address, service]) => ({ address, service })),
    ),
  })
  expect(ashiato(["ingest", "transfers", "transfers.csv"], folder)).toMatchObject({ code: 0, err: "" })
  return { folder, heights: [...new Set(transfersOf(scenario).map(({ height }) => height ?? 0))] }
}

function theftsOf({ thefts }: Scenario): string {
  return printThefts(thefts.flatMap(({ id, refs }) => refs.map(ref => ({ theft: id, ref }))))
}

const QUESTION = ["--thefts", "thefts.csv", "--services", "services.csv"]

function sweep(folder: string, ...more: string[]): SweepDocument {
  const { code, out, err } = ashiato(["sweep", ...QUESTION, "--json", ...more], folder)
  expect(err).toBe("")
  expect(code).toBe(0)
  return JSON.parse(out)
}

function trace(folder: string, ...more: string[]): TraceDocument {
  const { out } = ashiato(["trace", ...QUESTION, "--json", "--ledger", "ashiato.ledger", ...more], folder)
  return JSON.parse(out)
}

describe("ashiato sweep, on a ledger of accounts", () => {
  it.each([12, 21])("says what trace says, of all of it and up to a height, ledger %d", seed => {
    const { folder, heights } = stage(seed)
    const half = heights[Math.floor(heights.length / 2)] as number
    for (const more of [[], ["--fees", "follow"], ["--to-height", `${half}`]]) {
      const swept = sweep(folder, ...more, "--list", "100000")
      expect(figures(swept)).toEqual(figures(trace(folder, ...more)))
    }
    const streamed = sweep(folder, "--list", "100000", "--run", "1", "--fresh")
    expect(figures(streamed)).toEqual(figures(trace(folder)))
  })

  it("goes on from where it stood, and begins anew where that is not the ledger's or not whole", () => {
    const { folder, heights } = stage(12)
    const half = heights[Math.floor(heights.length / 2)] as number
    expect(sweep(folder, "--to-height", `${half}`).resumedFrom.fifo).toBeNull()
    const further = sweep(folder)
    expect(further.resumedFrom).toMatchObject({ fifo: half, haircut: half, poison: half })
    const { resumedFrom, ...answer } = further
    const { resumedFrom: none, ...fresh } = sweep(folder, "--fresh")
    expect(answer).toEqual(fresh)
    expect(Object.values(none)).toEqual(Object.values(none).map(() => null))
    const again = sweep(folder)
    expect(again.resumedFrom.fifo).toBe(heights.at(-1))
    expect({ ...again, resumedFrom: null }).toEqual({ ...further, resumedFrom: null })

    const [key] = readdirSync(join(folder, "ashiato.ledger", "sweeps"))
    const file = join(folder, "ashiato.ledger", "sweeps", key as string, "fifo.sweep")
    const kept = readFileSync(file, "utf8")
    const bytes = Buffer.from(kept)
    bytes[kept.indexOf('"pot"')] = 0x20
    writeFileSync(file, bytes)
    const { code, err } = ashiato(["sweep", ...QUESTION], folder)
    expect(code).toBe(2)
    expect(err).toMatch(/fifo\.sweep.*not whole/)
    expect(err.trim().split("\n")).toHaveLength(1)
  })

  it("prints figures for a person in both languages, skips the rule that accounts have not, and refuses it by name", () => {
    const { folder } = stage(21)
    const swept = sweep(folder)
    expect(swept.gaps.map(({ code }) => code)).toContain("rule-skipped")
    expect(Object.keys(swept.counts)).not.toContain("tiho")
    const text = ashiato(["sweep", ...QUESTION], folder).out
    expect(text).toMatch(/Reconciles to the last unit/)
    expect(text).toMatch(/fifo: \d+ holding/)
    expect(ashiato(["sweep", ...QUESTION, "--lang", "ja"], folder).out).toMatch(/全体の数/)
    const refused = ashiato(["sweep", ...QUESTION, "--rule", "tiho"], folder)
    expect(refused.code).toBe(2)
    expect(refused.err.trim().split("\n")).toHaveLength(1)
  })
})
