import { expect, it } from "vitest"
import { openEsploraSource } from "../../../src/readers/esplora/esplora-source.ts"
import { EsploraServer } from "../../../testing/explorers/esplora-server.ts"
import { makeScenario } from "../../../testing/generator/scenario.ts"
import { compare } from "../../tracing/compare.ts"
import { mined, type UtxoScenario } from "./as-bitcoin.ts"
import { COIN } from "./hand-ledger.ts"

/** Every rule, with fees dropped and followed, of one source: as a user's `--rule all` does. */
async function compareAll(scenario: UtxoScenario, explorer: EsploraServer, verify: boolean): Promise<void> {
  const { seed, conditions, rules } = scenario
  const url = await explorer.open()
  const quick = { requestsPerSecond: 1e6, retries: 0, cacheFolder: null }
  const asked = {
    url,
    network: "regtest",
    toHeight: conditions.toHeight,
    asset: COIN,
    subsidyAt: null,
  } as const
  const source = await openEsploraSource({ ...asked, ...quick, verify })
  for (const fees of ["drop", "follow"] as const) {
    for (const rule of rules) {
      const question = { ...scenario, conditions: { ...conditions, fees } }
      const { program, oracle } = await compare(question, source, rule)
      expect(program, `seed ${seed}, ${rule}, ${fees}`).toEqual(oracle)
    }
  }
  expect(source.notices.map(({ code }) => code)).toEqual(["record-unproven"])
}

it("40 random ledgers as real blocks, over HTTP: lot for lot as the oracle says, nothing asked twice", async () => {
  const seen = { thefts: 0, cut: 0, coinbases: 0, proofs: 0 }
  for (let seed = 1; seed <= 40; seed++) {
    const { scenario, chain } = mined(makeScenario(seed, "utxo"))
    const explorer = new EsploraServer(chain.blocks, { dialect: seed % 2 === 0 ? "mempool" : "blockstream" })
    try {
      await compareAll(scenario, explorer, seed % 4 !== 0)
    } finally {
      await explorer.close()
    }
    expect(explorer.asked, `seed ${seed}`).toHaveLength(new Set(explorer.asked).size)
    seen.thefts += scenario.thefts.length
    seen.cut += scenario.conditions.toHeight === null ? 0 : 1
    seen.coinbases += explorer.asked.filter(path => path.endsWith("/txs/0")).length
    seen.proofs += explorer.asked.filter(path => path.endsWith("/hex")).length
  }
  // Ledgers that ask for nothing would agree too.
  expect(seen.thefts).toBeGreaterThan(40)
  expect(seen.cut).toBeGreaterThan(5)
  expect(seen.coinbases).toBeGreaterThan(30)
  expect(seen.proofs).toBeGreaterThan(100)
})
