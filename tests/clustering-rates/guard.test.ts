import { describe, expect, it } from "vitest"
import { clusterAll } from "../../src/clustering/cluster-all.ts"
import { GUARD_CASES, GUARDS, measureGuard } from "../../testing/wallets/measure-guard.ts"
import { stageTwoExchanges } from "../../testing/wallets/two-exchanges.ts"
import { documentedRows } from "./guard-rows.ts"

/** A tenth of what the documentation's figures are measured on (`guard.fuzz.ts`). */
const ADDRESSES = 3_000
const small = (guard: (typeof GUARDS)["in use" | "as it comes" | "none"]) => ({
  ...guard,
  size: guard.size / 10,
})
const measured = (name: string, guard: keyof typeof GUARDS) => {
  const found = GUARD_CASES.find(one => one.name === name)
  if (found === undefined) throw new Error(`no case ${name}`)
  return measureGuard(found, small(GUARDS[guard]), ADDRESSES)
}

describe("two exchanges", () => {
  it("are a cluster each where they never met, and one where they did and nothing is guarded", () => {
    const { columns, exchangeOf, meetings } = stageTwoExchanges({ seed: 1, addresses: ADDRESSES, meetAt: [] })
    const { root, bridges } = clusterAll(columns, small(GUARDS["in use"]))
    expect([meetings, bridges]).toEqual([[], []])
    const mixed = [...root].some((lowest, owner) => exchangeOf[lowest] !== exchangeOf[owner])
    expect(mixed).toBe(false)
    expect(measured("early", "none").wrong).toBeGreaterThan(8_000_000)
  })

  it("that met once are held apart, early or late; a guard that looks at what has come so far sees the late one alone", () => {
    // Here one of the two addresses joins its own exchange only after they met: its honest sweep is what is held back.
    expect(measured("late", "as it comes")).toMatchObject({ meetings: 0, others: 1, wrong: 2_987 })
    expect(measured("late", "in use")).toMatchObject({ meetings: 1, wrong: 0 })
    expect(measured("early", "as it comes").meetings).toBe(0)
    expect(measured("early", "as it comes").wrong).toBeGreaterThan(8_000_000)
    expect(measured("early", "in use")).toMatchObject({ meetings: 1, wrong: 0 })
  })

  it("that met more than once are not: what it cannot do is told too", () => {
    expect(measured("early and late", "in use")).toMatchObject({ meetings: 0 })
    expect(measured("early and late", "in use").wrong).toBeGreaterThan(8_000_000)
  })

  it("have the cases in the documentation that are measured", () => {
    const names = documentedRows().map(row => /guard: (.*?) \|/.exec(row)?.[1])
    expect(names).toEqual(GUARD_CASES.map(({ name }) => name))
  })
})
