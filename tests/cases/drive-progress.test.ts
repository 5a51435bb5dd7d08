import { describe, expect, it } from "vitest"
import { drive } from "../../src/cases/drive.ts"
import type { Question } from "../../src/tracing/question.ts"
import { makeScenario } from "../../testing/generator/scenario.ts"
import { sourceOf } from "../tracing/compare.ts"

const SEEDS = Array.from({ length: 30 }, (_, seed) => seed + 1)

describe("the progress of a trace", () => {
  it("goes from the first traced block towards the horizon, never back, and changes no flow", async () => {
    let told = 0
    for (const seed of SEEDS) {
      const scenario = makeScenario(seed)
      const source = await sourceOf(scenario)
      const [rule] = scenario.rules
      if (rule === undefined) throw new Error("a scenario without a rule")
      const question: Question = {
        rule,
        thefts: scenario.thefts,
        fees: "drop",
        min: 0n,
        maxHops: null,
        serviceOf: () => null,
      }
      const flows: number[] = []
      const watchedFlows: number[] = []
      await drive(question, source, ({ step }) => flows.push(step.position))
      const seen: number[] = []
      await drive(
        question,
        source,
        ({ step }) => watchedFlows.push(step.position),
        (what, done, total, unit) => {
          expect([what, unit]).toEqual([rule, "blocks"])
          expect(done).toBeLessThan(total ?? 0)
          seen.push(done)
        },
      )
      expect(watchedFlows).toEqual(flows)
      expect(seen).toEqual(seen.toSorted((a, b) => a - b))
      if (seen.length > 0) expect(seen[0]).toBe(0)
      told += seen.length
    }
    expect(told).toBeGreaterThan(SEEDS.length)
  })
})
