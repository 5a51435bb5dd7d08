import { describe, expect, it } from "vitest"
import { accountTrials } from "./account-against-oracle.ts"

const LEDGERS = 2_500
const AT_A_TIME = 500

describe(`${LEDGERS} random ledgers of accounts, swept as the oracle and a trace say, in every gait`, () => {
  const firsts = Array.from({ length: LEDGERS / AT_A_TIME }, (_, part) => 10_001 + part * AT_A_TIME)
  it.each(firsts)("under every rule, from seed %d", async first => {
    for (let seed = first; seed < first + AT_A_TIME; seed++) {
      for await (const { rule, how, sweep, expected } of accountTrials(seed)) {
        expect(sweep, `seed ${seed}, ${rule}, ${how}`).toEqual(expected)
      }
    }
  })
})
