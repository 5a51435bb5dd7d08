import { describe, expect, test } from "vitest"
import { makeScenario, type Scenario } from "../../testing/generator/scenario.ts"
import { oracle } from "../../testing/oracle/oracle.ts"
import type { OracleAnswer, OracleResult } from "../../testing/oracle/result.ts"

const SEEDS = Array.from({ length: 300 }, (_, seed) => seed)

function answersOf(scenario: Scenario): OracleResult[] {
  return scenario.rules.map(rule =>
    oracle(scenario.ledger, scenario.thefts, { ...scenario.conditions, rule }),
  )
}

// The identity itself is asserted inside the oracle, for the total and for each theft: a run that breaks it throws.
describe("over 300 random ledgers and every rule", () => {
  test("the identity holds and figures agree with holdings, arrivals and lots", () => {
    for (const seed of SEEDS) {
      for (const { answers } of answersOf(makeScenario(seed)))
        for (const answer of answers.values()) check(answer)
    }
  })

  test("rules deal differently but receive the same: a single plain credit is declared alike by all", () => {
    for (const seed of SEEDS) {
      const scenario = makeScenario(seed)
      const [theft] = scenario.thefts
      if (!theft) continue
      const alone = { ...scenario, thefts: [{ id: theft.id, refs: theft.refs.slice(0, 1) }] }
      const conserving = { ...alone, rules: alone.rules.filter(rule => rule !== "poison") }
      const declared = answersOf(conserving).map(({ answers }) =>
        [...answers.values()].reduce((sum, answer) => sum + answer.total.declared, 0n),
      )
      expect(new Set(declared).size).toBe(1)
    }
  })

  test("poison reaches whatever another rule holds, where nothing is cut off by size", () => {
    for (const seed of SEEDS) {
      const scenario = makeScenario(seed)
      const options = { ...scenario.conditions, min: 0n, maxHops: null }
      const poison = oracle(scenario.ledger, scenario.thefts, { ...options, rule: "poison" })
      for (const rule of scenario.rules) {
        const { answers } = oracle(scenario.ledger, scenario.thefts, { ...options, rule })
        for (const [asset, answer] of answers) {
          const reached = poison.answers.get(asset)?.lots
          for (const pot of answer.lots.keys()) expect(reached?.has(pot), `${seed} ${rule} ${pot}`).toBe(true)
        }
      }
    }
  })
})

function check(answer: OracleAnswer): void {
  const sum = (amounts: readonly bigint[]) => amounts.reduce((a, b) => a + b, 0n)
  expect(sum(answer.holdings.map(holding => holding.traced))).toBe(answer.total.held)
  expect(sum(answer.arrivals.map(arrival => arrival.traced))).toBe(answer.total.services)
  for (const holding of answer.holdings) {
    const lots = answer.lots.get(holding.pot) ?? []
    expect(sum(lots.map(lot => lot.amount))).toBe(holding.value)
    expect(lots.every(lot => lot.amount > 0n)).toBe(true)
    for (const [i, lot] of lots.entries()) {
      expect(lot.label).not.toEqual(lots[i + 1]?.label)
      expect(new Set(lot.label).size).toBe(lot.label.length)
    }
  }
  for (const [id, sums] of answer.byTheft) {
    expect(sum(answer.holdings.map(holding => holding.byTheft.get(id) ?? 0n))).toBe(sums.held)
    expect(sums.held <= answer.total.held).toBe(true)
  }
  for (const flow of answer.flows) expect(flow.traced > 0n && flow.traced <= flow.amount).toBe(true)
}
