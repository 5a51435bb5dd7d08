import { describe, expect, it } from "vitest"
import { makeScenario } from "../../testing/generator/scenario.ts"
import { compare, sourceOf } from "./compare.ts"

/** ASHIATO_SEEDS=COUNT[@FIRST] for a longer or another run. */
const [count = 10_000, first = 1] = (process.env.ASHIATO_SEEDS ?? "")
  .split("@")
  .map(Number)
  .map(n => n || undefined)

describe(`${count} random ledgers, from seed ${first}`, () => {
  it.each(["utxo", "account"] as const)(
    "%s: lot for lot as the oracle says, under every rule",
    async shape => {
      for (let seed = first; seed < first + count / 2; seed++) {
        const scenario = makeScenario(seed, shape)
        const source = await sourceOf(scenario)
        for (const rule of scenario.rules) {
          const { program, oracle } = await compare(scenario, source, rule)
          expect(program, `seed ${seed}, ${shape}, ${rule}`).toEqual(oracle)
        }
      }
    },
  )
})
