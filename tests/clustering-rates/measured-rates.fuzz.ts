import { expect, it } from "vitest"
import { MEASURED_RATES } from "../../src/clustering/measured-rates.ts"
import { measure } from "../../testing/wallets/measure.ts"

it("gives on all worlds the very counts that are printed beside cluster answers", () => {
  const [from, to] = MEASURED_RATES[0]?.seeds ?? [1, 0]
  for (const { seeds } of MEASURED_RATES) expect(seeds).toEqual([from, to])
  const recorded = MEASURED_RATES.map(({ heuristic, truePositives, falsePositives, falseNegatives }) => [
    heuristic,
    { truePositives, falsePositives, falseNegatives },
  ])
  expect(Object.fromEntries(measure(from, to))).toEqual(Object.fromEntries(recorded))
})
