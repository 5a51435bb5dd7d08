import { describe, expect, it } from "vitest"
import { drive } from "../../src/cases/drive.ts"
import type { Source } from "../../src/ports/source.ts"
import type { Question } from "../../src/tracing/question.ts"
import { makeScenario } from "../../testing/generator/scenario.ts"
import { compare, sourceOf } from "./compare.ts"

/** The same source, a turn of the event loop later, as a node or an explorer would answer. */
function late(source: Source): Source {
  return {
    shape: source.shape,
    horizon: source.horizon,
    notices: source.notices,
    answer: async needs => source.answer(needs),
    potName: pot => source.potName(pot),
    assetOf: name => source.assetOf(name),
  }
}

/** `npm run fuzz` does the same ten thousand times. */
describe("a hundred random ledgers", () => {
  it.each(["utxo", "account"] as const)(
    "%s: lot for lot as the oracle says, under every rule",
    async shape => {
      for (let seed = 90_001; seed <= 90_050; seed++) {
        const scenario = makeScenario(seed, shape)
        const source = await sourceOf(scenario)
        for (const rule of scenario.rules) {
          const { program, oracle } = await compare(scenario, seed % 2 === 0 ? late(source) : source, rule)
          expect(program, `seed ${seed}, ${shape}, ${rule}`).toEqual(oracle)
        }
      }
    },
  )
})

describe("the engine pulls only what the traced value needs", () => {
  it("asks in batches, each output once, and nothing of what is not traced", async () => {
    const scenario = makeScenario(7, "utxo")
    const source = await sourceOf(scenario)
    const batches: string[][] = []
    const asked: Source = {
      ...late(source),
      answer: needs => {
        batches.push(needs.map(need => JSON.stringify(need)))
        return source.answer(needs)
      },
    }
    const question: Question = {
      rule: "fifo",
      thefts: scenario.thefts.slice(0, 1),
      fees: "drop",
      min: 0n,
      maxHops: null,
      serviceOf: () => null,
    }
    const flows: number[] = []
    const { held } = await drive(question, asked, ({ to }) => {
      if (to !== null) flows.push(to)
    })
    const needs = batches.flat()
    expect(new Set(needs).size).toBe(needs.length)
    const spenders = needs.map(need => JSON.parse(need)).filter(({ what }) => what === "spender")
    expect(spenders.map(({ pot }) => pot).sort()).toEqual([...new Set(flows)].sort())
    expect(held.every(({ pot }) => flows.includes(pot))).toBe(true)
    expect(batches.some(batch => batch.length > 1)).toBe(true)
  })
})
