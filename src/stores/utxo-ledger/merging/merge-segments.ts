import { PLAIN_COLUMNS, type PlainColumn, type UtxoColumn } from "../utxo-layout.ts"
import type { UtxoSegment, UtxoSegments } from "../utxo-segments.ts"
import { mergedKeys } from "./merge-keys.ts"
import { mergedOwnerOutputs } from "./merge-owners.ts"
import { mergedSpenders } from "./merge-spenders.ts"
import { AT_A_TIME, type Told } from "./told.ts"

/** Columns that are told together. */
export interface ToldColumns {
  readonly names: readonly UtxoColumn[]
  tell(): Generator<Told>
}

/**
 * Segments that follow one another as one, column by column: from their files alone, in memory that does not grow with
 * them. What does not count of one, since the chain has left it, is left out.
 *
 * @param ledger all segments up to the last of these at least
 */
export function mergedColumns(ledger: UtxoSegments, parts: readonly UtxoSegment[]): readonly ToldColumns[] {
  return [
    ...(Object.keys(PLAIN_COLUMNS) as PlainColumn[]).map(name => ({
      names: [name],
      tell: () => joined(name, parts),
    })),
    { names: ["earlier-spent", "earlier-spender", "output-spender"], tell: () => mergedSpenders(parts) },
    { names: ["txid-key", "txid-tx"], tell: () => mergedTxids(parts) },
    { names: ["owner-index-key", "owner-index"], tell: () => mergedOwnerIndex(ledger, parts) },
    {
      names: ["owner-earlier", "owner-first-output", "owner-output"],
      tell: () => mergedOwnerOutputs(parts),
    },
  ]
}

function* joined(name: PlainColumn, parts: readonly UtxoSegment[]): Generator<Told> {
  for (const { column, holds } of parts) {
    const count = holds[PLAIN_COLUMNS[name].of]
    for (let from = 0; from < count; from += AT_A_TIME) {
      yield { name, bytes: column(name).range(from, Math.min(count, from + AT_A_TIME)) }
    }
  }
}

function mergedTxids(parts: readonly UtxoSegment[]): Generator<Told> {
  const runs = parts.map(({ end, column }) => {
    return { keys: column("txid-key"), ids: column("txid-tx"), end: end.transactions }
  })
  return mergedKeys(["txid-key", "txid-tx"], runs, null)
}

function mergedOwnerIndex(ledger: UtxoSegments, parts: readonly UtxoSegment[]): Generator<Told> {
  const runs = parts.map(({ end, column }) => {
    return { keys: column("owner-index-key"), ids: column("owner-index"), end: end.owners }
  })
  const kind = ledger.column("owner-kind")
  const key = ledger.column("owner-key")
  return mergedKeys(
    ["owner-index-key", "owner-index"],
    runs,
    (a, b) => kind.u8(a) - kind.u8(b) || key.compare(a, key.bytes(b)),
  )
}
