import { displayed } from "../../chains/bitcoin/hash.ts"
import { bytesOfWords } from "../../chains/bitcoin/word-columns.ts"
import type { Tip } from "../../ports/blocks.ts"
import type { Database } from "./database.ts"

export async function utxoTip(database: Database): Promise<Tip | null> {
  // Not "order by height desc limit 1": after blocks were deleted DuckDB 1.5.6 finds nothing, or another block.
  const row = await database.row(
    "select height, h0, h1, h2, h3 from blocks where height = (select max(height) from blocks)",
  )
  if (row === null) return null
  return { height: Number(row[0]), hash: displayed(bytesOfWords(row.slice(1) as bigint[])) }
}

/** The hash of a stored block, by which it is told whether a node is on the same branch; null where there is none. */
export async function utxoHashAt(database: Database, height: number): Promise<string | null> {
  const row = await database.row("select h0, h1, h2, h3 from blocks where height = $1", [height])
  return row === null ? null : displayed(bytesOfWords(row as bigint[]))
}

/** The last blocks, the last one first. */
export async function lastUtxoBlocks(database: Database, count: number): Promise<readonly Tip[]> {
  const rows = await database.rows(
    "select height, h0, h1, h2, h3 from blocks where height > (select max(height) from blocks) - $1::integer",
    [count],
  )
  return rows
    .map(([height, ...words]) => ({
      height: Number(height),
      hash: displayed(bytesOfWords(words as bigint[])),
    }))
    .sort((a, b) => b.height - a.height)
}
