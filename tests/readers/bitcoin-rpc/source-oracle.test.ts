import { expect, it } from "vitest"
import { openBitcoinRpcSource } from "../../../src/readers/bitcoin-rpc/rpc-source.ts"
import { compare } from "../../tracing/compare.ts"
import { minedScenario, nodeOf } from "./ledger-node.ts"

const COIN = { asset: "coin", unit: "unit", decimals: 0 }

it("10 random ledgers as real blocks of a node: lot for lot as the oracle says, no block scanned twice", async () => {
  const seen = { thefts: 0, cut: 0, lots: 0 }
  for (let seed = 101; seed <= 110; seed++) {
    const { scenario, blocks } = minedScenario(seed)
    const { conditions, rules } = scenario
    const node = nodeOf(blocks)
    const url = await node.open()
    try {
      const asked = { url, network: "regtest", asset: COIN, subsidyAt: null, retries: 0 } as const
      const source = await openBitcoinRpcSource({ ...asked, toHeight: conditions.toHeight })
      for (const fees of ["drop", "follow"] as const) {
        for (const rule of rules) {
          const question = { ...scenario, conditions: { ...conditions, fees } }
          const { program, oracle } = await compare(question, source, rule)
          expect(program, `seed ${seed}, ${rule}, ${fees}`).toEqual(oracle)
          seen.lots += (program.lots as unknown[]).length
        }
      }
      // Once to be scanned, and once more where a transaction of it is looked at.
      const asks = node.calls.filter(({ method }) => method === "getblock").map(({ params }) => params[0])
      expect(asks.length).toBeLessThanOrEqual(2 * new Set(asks).size)
      const raw = node.calls
        .filter(({ method }) => method === "getrawtransaction")
        .map(call => call.params.join())
      expect(raw).toHaveLength(new Set(raw).size)
    } finally {
      await node.close()
    }
    seen.thefts += scenario.thefts.length
    seen.cut += conditions.toHeight === null ? 0 : 1
  }
  // Ledgers that ask for nothing would agree too.
  expect(seen.thefts).toBeGreaterThan(10)
  expect(seen.cut).toBeGreaterThan(1)
  expect(seen.lots).toBeGreaterThan(100)
})
