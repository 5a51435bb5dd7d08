import { expect, it } from "vitest"
import { openEsploraSource } from "../../../src/readers/esplora/esplora-source.ts"
import { makeScenario } from "../../../testing/generator/scenario.ts"
import { compare } from "../../tracing/compare.ts"
import { asBitcoin, type UtxoScenario } from "./as-bitcoin.ts"
import { Explorer } from "./explorer.ts"
import { COIN } from "./hand-ledger.ts"

/** Every rule, with fees dropped and followed, of one source: as a user's `--rule all` does. */
async function compareAll(scenario: UtxoScenario, explorer: Explorer): Promise<void> {
  const { seed, conditions, rules } = scenario
  const url = await explorer.open()
  const quick = { requestsPerSecond: 1e6, retries: 0, cacheFolder: null }
  const asked = { url, toHeight: conditions.toHeight, asset: COIN, subsidyAt: null }
  const source = await openEsploraSource({ ...asked, ...quick })
  for (const fees of ["drop", "follow"] as const) {
    for (const rule of rules) {
      const question = { ...scenario, conditions: { ...conditions, fees } }
      const { program, oracle } = await compare(question, source, rule)
      expect(program, `seed ${seed}, ${rule}, ${fees}`).toEqual(oracle)
    }
  }
}

it("60 random ledgers over HTTP: lot for lot as the oracle says, nothing asked twice", async () => {
  const seen = { thefts: 0, cut: 0, coinbases: 0 }
  for (let seed = 1; seed <= 60; seed++) {
    const scenario = asBitcoin(makeScenario(seed, "utxo"))
    const explorer = new Explorer(scenario.ledger)
    try {
      await compareAll(scenario, explorer)
    } finally {
      await explorer.close()
    }
    const transactions = explorer.asked.filter(path => path.startsWith("/tx/"))
    expect(transactions, `seed ${seed}`).toHaveLength(new Set(transactions).size)
    seen.thefts += scenario.thefts.length
    seen.cut += scenario.conditions.toHeight === null ? 0 : 1
    seen.coinbases += explorer.asked.filter(path => path.endsWith("/txs/0")).length
  }
  // Ledgers that ask for nothing would agree too.
  expect(seen.thefts).toBeGreaterThan(60)
  expect(seen.cut).toBeGreaterThan(5)
  expect(seen.coinbases).toBeGreaterThan(40)
})
