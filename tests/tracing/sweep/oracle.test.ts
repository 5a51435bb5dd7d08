import { describe, expect, it } from "vitest"
import { trials } from "./against-oracle.ts"

describe("a sweep says what the oracle says, lot for lot", () => {
  it.each([1, 2, 3, 4])("under every rule and in every gait, 25 chains from seed %d00", hundred => {
    for (let seed = hundred * 100; seed < hundred * 100 + 25; seed++) {
      for (const { rule, how, sweep, oracle } of trials(seed)) {
        expect(sweep, `seed ${seed}, ${rule}, ${how}`).toEqual(oracle)
      }
    }
  })
})
