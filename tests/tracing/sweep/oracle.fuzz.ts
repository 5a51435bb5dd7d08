import { expect, it } from "vitest"
import { trials } from "./against-oracle.ts"

const CHAINS = 2_500

it(`${CHAINS} random chains swept as the oracle says, lot for lot, under every rule and in every gait`, () => {
  for (let seed = 10_001; seed <= 10_000 + CHAINS; seed++) {
    for (const { rule, how, sweep, oracle } of trials(seed)) {
      expect(sweep, `seed ${seed}, ${rule}, ${how}`).toEqual(oracle)
    }
  }
})
