import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { columnsOf } from "../../../src/chains/bitcoin/decode-columns.ts"
import type { RawBlock } from "../../../src/ports/blocks.ts"
import { NODE_HASHES } from "../../../src/readers/decoding/node-hashes.ts"
import { openColumns } from "../../../src/stores/columns/columns.ts"
import { Database } from "../../../src/stores/duckdb/database.ts"
import { GENERATION } from "../../../src/stores/duckdb/recent-outputs.ts"
import { UtxoStore } from "../../../src/stores/duckdb/utxo-store.ts"
import { UtxoLedgerSource } from "../../../src/stores/utxo-ledger/utxo-ledger-source.ts"
import { compare } from "../../tracing/compare.ts"
import { bitcoinScenario } from "./bitcoin-scenario.ts"

const newFolder = (): string => mkdtempSync(join(tmpdir(), "ashiato-ledger-"))
const BTC = { asset: "coin", unit: "unit", decimals: 0 }
const REGTEST = { chain: "regtest", shape: "utxo" } as const

const taken = (blocks: readonly RawBlock[]) =>
  columnsOf(
    blocks.map(({ bytes }) => bytes),
    blocks[0]?.height ?? 0,
    "regtest",
    NODE_HASHES,
    () => {},
  )

/** Stores blocks in batches of the given size, each committed. */
async function storeAll(store: UtxoStore, blocks: readonly RawBlock[], size: number): Promise<void> {
  for (let at = 0; at < blocks.length; at += size) {
    await store.add(taken(blocks.slice(at, at + size)), "test")
    await store.commit()
  }
}

describe("a ledger of a chain of Bitcoin's family", () => {
  it("answers from its columns as the oracle does, under every rule, whatever the batches", async () => {
    for (let seed = 1; seed <= 12; seed++) {
      const { chain, scenario } = bitcoinScenario(seed)
      const folder = newFolder()
      const database = await Database.openOrCreate(folder, REGTEST)
      // Every other chain finds but a few of the outputs that it spends among the recent ones.
      const recent = seed % 2 === 0 ? GENERATION : { transactions: 2 ** (seed % 5), outputs: 20 }
      const store = await UtxoStore.open(database, "regtest", null, recent)
      await storeAll(store, chain.blocks, 1 + (seed % 7))
      await store.publish(() => {})
      store.close()
      const columns = openColumns(folder)
      const source = new UtxoLedgerSource(columns, "regtest", BTC, scenario.conditions.toHeight)
      for (const fees of ["drop", "follow"] as const) {
        for (const rule of scenario.rules) {
          const question = { ...scenario, conditions: { ...scenario.conditions, fees } }
          const { program, oracle } = await compare(question, source, rule)
          expect(program, `seed ${seed} ${rule} ${fees}`).toEqual(oracle)
        }
      }
      columns.close()
    }
  })
})
