import { describe, expect, it } from "vitest"
import { traceCase } from "../../src/cases/trace-case.ts"
import { CONSERVING_RULES } from "../../src/contracts/trace.ts"
import { BUCKETS } from "../../src/ledger/vocabulary.ts"
import { agrees, drawnIn } from "../../src/reports/html/flow-check.ts"
import { flowGraph } from "../../src/reports/html/flow-graph.ts"
import { merged } from "../../src/reports/html/flow-merge.ts"
import { renderReport } from "../../src/reports/html/report.ts"
import { makeScenario } from "../../testing/generator/scenario.ts"
import { sourceOf } from "../tracing/compare.ts"
import { inputOf, traceOf } from "./trace-of.ts"
import { faultOf } from "./well-formed.ts"

describe.each(["account", "utxo"] as const)("random %s ledgers, traced by the program", shape => {
  it("are drawn with every unit where the figures have it", async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const scenario = makeScenario(seed, shape)
      const { conditions, thefts, rules } = scenario
      const { fees, min, maxHops, services, stopAtServices } = conditions
      const source = await sourceOf(scenario)
      const asked = {
        caseId: null,
        notices: [],
        chain: null,
        source,
        thefts,
        rules,
        allRules: true,
        flows: "all",
      } as const
      const inquiry = { ...asked, fees, min, maxHops, services, stopAtServices }
      const { document } = await traceCase(inquiry, gap => gap.code)
      for (const answer of document.answers) {
        for (const rule of CONSERVING_RULES) {
          const own = answer.rules[rule]
          if (own === undefined) continue
          const given = new Set(
            document.answers
              .filter(other => other !== answer)
              .flatMap(other => other.rules[rule]?.flows ?? [])
              .flatMap(({ kind, from }) => (kind === "exchange" ? from : [])),
          )
          const graph = flowGraph(answer, own, min, pot => given.has(pot))
          const figures = Object.fromEntries(BUCKETS.map(place => [place, BigInt(own.total[place])]))
          expect(drawnIn(graph), `seed ${seed}, ${answer.asset}, ${rule}`).toEqual(figures)
          expect(agrees(merged(graph), own.total)).toBe(true)
        }
      }
      const page = renderReport(
        inputOf(document, { fees, stopAtServices, min: min.toString(), maxHops }),
        "en",
      )
      expect(faultOf(page), `seed ${seed}`).toBeNull()
      expect(page, `seed ${seed}`).not.toMatch(/undefined|NaN|\[object/)
    }
  })
})

describe("a drawing that does not add up to the figures", () => {
  it("says so", () => {
    const trace = traceOf([{ from: null, to: "a", amount: 5n }])
    const more = trace.answers.map(answer => {
      const own = answer.rules.fifo
      if (own === undefined) throw new Error("no fifo")
      const total = { ...own.total, declared: "6", notFollowed: "1" }
      return { ...answer, rules: { ...answer.rules, fifo: { ...own, total } } }
    })
    const note = "The drawing does not add up to the figures; the figures hold."
    expect(renderReport(inputOf(trace), "en")).not.toContain(note)
    expect(renderReport(inputOf({ ...trace, answers: more }), "en")).toContain(note)
  })
})
