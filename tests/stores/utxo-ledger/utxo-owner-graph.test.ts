import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { columnsOf } from "../../../src/chains/bitcoin/decode-columns.ts"
import { NODE_HASHES } from "../../../src/readers/decoding/node-hashes.ts"
import { openColumns } from "../../../src/stores/columns/columns.ts"
import { Database } from "../../../src/stores/duckdb/database.ts"
import { UtxoStore } from "../../../src/stores/duckdb/utxo-store.ts"
import { UtxoOwnerGraph } from "../../../src/stores/utxo-ledger/utxo-owner-graph.ts"
import { bitcoinScenario } from "../duckdb/bitcoin-scenario.ts"

describe("outputs by owner, as a published ledger lists them", () => {
  it.each([1, 2, 3])("are those of the raw rows, up to any horizon (chain %i)", async seed => {
    const { chain, scenario } = bitcoinScenario(seed)
    const folder = mkdtempSync(join(tmpdir(), "ashiato-owners-"))
    const store = await UtxoStore.open(
      await Database.openOrCreate(folder, { chain: "regtest", shape: "utxo" }),
      "regtest",
    )
    const raw = chain.blocks.map(({ bytes }) => bytes)
    await store.add(
      columnsOf(raw, chain.blocks[0]?.height ?? 0, "regtest", NODE_HASHES, () => {}),
      "test",
    )
    await store.commit()
    await store.publish(() => {})
    store.close()
    const columns = openColumns(folder)
    // The first block's coins are out of reach, so that the ledger has them as burned; "" is a script without address.
    const rows = scenario.ledger.outputs.filter(({ address, height }) => height > 0 && address)
    const whole = new UtxoOwnerGraph(columns, "regtest")
    expect(whole.transaction(0).outputs.map(({ kind }) => kind)).toEqual(["burned"])
    const addresses = [...new Set(rows.map(({ address }) => address as string))]
    expect(addresses.length).toBeGreaterThan(1)
    for (const toHeight of [null, Math.floor(chain.blocks.length / 2)]) {
      const graph = new UtxoOwnerGraph(columns, "regtest", toHeight)
      for (const address of addresses) {
        const naive = rows
          .filter(row => row.address === address && row.height <= graph.horizon)
          .map(row => row.txid)
        const owner = graph.ownerOf(address)
        const ids = owner === null ? [] : [...graph.outputsOf(owner)]
        expect(ids).toEqual(ids.toSorted((a, b) => a - b))
        expect(ids.map(id => graph.txid(graph.makerOf(id))).sort(), `${address} to ${toHeight}`).toEqual(
          naive.sort(),
        )
        if (owner !== null) expect(graph.addressOf(owner)).toBe(address)
      }
    }
    columns.close()
    rmSync(folder, { recursive: true })
  })
})
