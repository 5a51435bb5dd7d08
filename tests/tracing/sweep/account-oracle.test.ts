import { describe, expect, it } from "vitest"
import { type AccountSweepState, renumbered } from "../../../src/tracing/sweep/account-state.ts"
import { accountTrials } from "./account-against-oracle.ts"

describe("a sweep of an account chain says what the oracle says, lot for lot, and what a trace says", () => {
  it.each([1, 2, 3, 4, 5, 6])(
    "under every rule and in every gait, 10 ledgers from seed %d00",
    async hundred => {
      for (let seed = hundred * 100; seed < hundred * 100 + 10; seed++) {
        for await (const { rule, how, sweep, expected } of accountTrials(seed)) {
          expect(sweep, `seed ${seed}, ${rule}, ${how}`).toEqual(expected)
        }
      }
    },
  )
})

it("a state with other numbers for the pots has them wherever a pot is named", () => {
  const lots = [{ label: 1, amount: 5n }]
  const stateOf = (pots: readonly number[]): AccountSweepState => {
    const [held, reached, upstream] = pots as [number, number, number]
    const restsOn = { pots: [upstream, held], more: false }
    return {
      row: 9,
      labels: [[], [0]],
      pots: [[held, { asset: "gold", address: "a", lots, trail: { hop: 1, grade: "chain", restsOn } }]],
      tally: { sums: [], declared: [] },
      arrivals: [{ pot: reached, row: 4, asset: "gold", lots, grade: "chain", restsOn }],
      unknowns: [{ what: "opening-balance", pot: upstream, amount: 3n }],
      openings: [[upstream, 3n]],
    }
  }
  const [before, after] = [stateOf([0, 1, 2]), stateOf([12, 10, 11])]
  expect(renumbered(before, pot => [12, 10, 11][pot] as number)).toEqual(after)
})
