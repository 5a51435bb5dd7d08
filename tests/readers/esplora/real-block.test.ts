import { existsSync, readFileSync } from "node:fs"
import { expect, it } from "vitest"
import { openEsploraSource } from "../../../src/readers/esplora/esplora-source.ts"
import { EsploraServer } from "../../../testing/explorers/esplora-server.ts"
import { answerTo, faultOf } from "./with-explorer.ts"

const FILE = new URL("../../../../shared/data/bitcoin/block300025.raw", import.meta.url)
const HEIGHT = 300_025
const BTC = { asset: "BTC", unit: "sat", decimals: 8 }

const isThere = existsSync(FILE)
const name = "proves transactions of mainnet's block 300025 by their bytes, their branches and its work"

it.skipIf(!isThere)(
  isThere ? name : `${name} (skipped: ../shared/data/bitcoin/block300025.raw is absent)`,
  async () => {
    const explorer = new EsploraServer([{ height: HEIGHT, bytes: readFileSync(FILE) }], {
      network: "mainnet",
    })
    const url = await explorer.open()
    try {
      const quick = { cacheFolder: null, requestsPerSecond: 1e6, retries: 0 }
      const source = await openEsploraSource({
        url,
        network: "mainnet",
        toHeight: null,
        asset: BTC,
        ...quick,
      })
      const chained = explorer.chained()
      expect(chained.length).toBeGreaterThan(20)
      for (const txid of chained.slice(0, 20)) {
        const found = await answerTo(source, `${txid}:0`)
        expect(found, txid).toMatchObject({ step: { grade: "chain", tx: { id: txid, height: HEIGHT } } })
      }
      const [txid = ""] = chained
      const again = await openEsploraSource({ url, network: "mainnet", toHeight: null, asset: BTC, ...quick })
      explorer.forge = (path, answer) => (path.endsWith("/merkle-proof") ? { ...answer, pos: 1 } : answer)
      expect((await faultOf(answerTo(again, `${txid}:0`))).said).toBe(
        "does not lead to its block's merkle root",
      )
    } finally {
      await explorer.close()
    }
  },
)
