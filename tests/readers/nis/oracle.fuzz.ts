import { expect, it } from "vitest"
import { compareServed } from "./compare-served.ts"

const LEDGERS = 200

it(`${LEDGERS} random ledgers of NEM served by a node: traced as the oracle says, on demand and block by block`, async () => {
  let [flows, doubted] = [0, 0]
  for (let seed = 1; seed <= LEDGERS; seed++) {
    const compared = await compareServed(seed)
    flows += compared.flows
    if (compared.isDoubted) doubted++
  }
  // Ledgers in which nothing is traced, or all is doubted, would agree too.
  expect(flows).toBeGreaterThan(LEDGERS * 20)
  expect(doubted).toBeLessThan(LEDGERS / 3)
})
