import { displayed } from "../../chains/bitcoin/hash.ts"
import { bytesOfWords } from "../../chains/bitcoin/word-columns.ts"
import type { UtxoSegments } from "../utxo-ledger/utxo-segments.ts"
import type { Database } from "./database.ts"

/** Looked at together, from the last back: as many as a ledger takes back at the most, and some. */
const AT_A_TIME = 128

/**
 * How many blocks the published columns have in common with the tables: a block's hash stands for it and all before it.
 * More are published where the chain has left them since, fewer where some were stored and not published yet.
 */
export async function commonBlocks(database: Database, ledger: UtxoSegments): Promise<number> {
  const hashes = ledger.column("block-hash")
  for (let end = ledger.counts.blocks; end > 0; end -= AT_A_TIME) {
    const rows = await database.rows(
      "select height, h0, h1, h2, h3 from blocks where height >= $1 and height < $2",
      [Math.max(0, end - AT_A_TIME), end],
    )
    const last = Math.max(
      -1,
      ...rows
        .filter(([height, ...words]) => {
          const published = displayed(hashes.bytes(Number(height)))
          return displayed(bytesOfWords(words as bigint[])) === published
        })
        .map(([height]) => Number(height)),
    )
    if (last >= 0) return last + 1
  }
  return 0
}
