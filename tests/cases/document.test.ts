import { readFileSync } from "node:fs"
import { Ajv2020 } from "ajv/dist/2020.js"
import { describe, expect, it } from "vitest"
import { traceCase } from "../../src/cases/trace-case.ts"
import { CONSERVING_RULES, type TraceDocument } from "../../src/contracts/trace.ts"
import { makeScenario } from "../../testing/generator/scenario.ts"
import { sourceOf } from "../tracing/compare.ts"

const schema = JSON.parse(
  readFileSync(new URL("../../src/contracts/trace.schema.json", import.meta.url), "utf8"),
)
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile<TraceDocument>(schema)

async function documentOf(seed: number, shape: "utxo" | "account"): Promise<TraceDocument> {
  const scenario = makeScenario(seed, shape)
  const { conditions, thefts } = scenario
  const inquiry = {
    caseId: null,
    notices: [],
    chain: null,
    source: await sourceOf(scenario),
    thefts,
    rules: [...CONSERVING_RULES, "poison" as const],
    allRules: true,
    flows: "all" as const,
    ...conditions,
  }
  const { document } = await traceCase(inquiry, gap => gap.code)
  return document
}

const sum = (amounts: readonly string[]): bigint =>
  amounts.reduce((total, amount) => total + BigInt(amount), 0n)

function isSorted(items: readonly { readonly pot: string; readonly traced: string }[]): boolean {
  return items.every((item, at) => {
    const before = items[at - 1]
    if (before === undefined) return true
    const [left, right] = [BigInt(before.traced), BigInt(item.traced)]
    return left > right || (left === right && before.pot <= item.pot)
  })
}

const SEEDS = Array.from({ length: 40 }, (_, at) => 70_001 + at)

describe.each(["utxo", "account"] as const)("the answer on random %s ledgers", shape => {
  it("keeps to its schema", async () => {
    for (const seed of SEEDS) {
      const document: unknown = await documentOf(seed, shape)
      expect(validate(document), `seed ${seed}: ${JSON.stringify(validate.errors)}`).toBe(true)
    }
  })

  it("adds up: what is held and what arrived are the sums of their lists, in every rule", async () => {
    for (const seed of SEEDS) {
      for (const { rules } of (await documentOf(seed, shape)).answers) {
        for (const [rule, answer] of Object.entries(rules)) {
          const figures = "total" in answer ? answer.total : answer.reach
          const told = `seed ${seed}, ${rule}`
          expect(sum(answer.holdings.map(({ traced }) => traced)).toString(), told).toBe(figures.held)
          expect(sum(answer.arrivals.map(({ traced }) => traced)).toString(), told).toBe(figures.services)
          expect(answer.reconciles, told).toBe(rule === "poison" ? null : true)
          expect(isSorted(answer.holdings) && isSorted(answer.arrivals), told).toBe(true)
        }
      }
    }
  })

  it("gives the range of every holding over the conserving rules, absent being 0", async () => {
    for (const seed of SEEDS) {
      for (const { rules, range = [] } of (await documentOf(seed, shape)).answers) {
        const lists = CONSERVING_RULES.flatMap(rule => rules[rule]?.holdings ?? [])
        expect(new Set(range.map(({ pot }) => pot))).toEqual(new Set(lists.map(({ pot }) => pot)))
        for (const { pot, least, most } of range) {
          const traced = CONSERVING_RULES.filter(rule => rules[rule] !== undefined).map(rule => {
            return BigInt(rules[rule]?.holdings.find(held => held.pot === pot)?.traced ?? 0)
          })
          const ascending = traced.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
          expect([BigInt(least), BigInt(most)], `seed ${seed}, ${pot}`).toEqual([
            ascending[0],
            ascending.at(-1),
          ])
        }
      }
    }
  })

  it("is complete just when every gap is one that moves no figure", async () => {
    const harmless = [
      "rule-skipped",
      "services-followed",
      "services-not-recognised",
      "theft-beyond-horizon",
      "theft-moves-nothing",
      "clock-backwards",
    ]
    const seen = new Set<boolean>()
    for (const seed of SEEDS) {
      const { gaps, complete } = await documentOf(seed, shape)
      expect(complete, `seed ${seed}`).toBe(gaps.every(({ code }) => harmless.includes(code)))
      seen.add(complete)
    }
    expect(seen.size).toBe(2)
  })
})
