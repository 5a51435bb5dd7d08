import type { DuckDBConnection, DuckDBValue } from "@duckdb/node-api"

/** A chunk of an answer: its columns, each of `count` values. */
export interface Chunk {
  readonly count: number
  readonly columns: readonly ChunkColumn[]
}

/** Typed arrays where DuckDB has them, which are only good until the next chunk; nulls are never among those. */
export type ChunkColumn = ArrayLike<DuckDBValue>

/**
 * Reads an answer chunk by chunk: memory is that of a chunk, however long the answer. A column of plain numbers must
 * hold no null, since its array shows none; one of texts or amounts may.
 */
export async function streamRows(
  connection: DuckDBConnection,
  sql: string,
  onChunk: (chunk: Chunk) => void,
): Promise<void> {
  const result = await connection.stream(sql)
  for (;;) {
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) return
    const columns = Array.from({ length: chunk.columnCount }, (_, at): ChunkColumn => {
      const vector = chunk.getColumnVector(at)
      const items: unknown = "items" in vector ? vector.items : null
      return isNumbers(items) ? items : chunk.getColumnValues(at)
    })
    onChunk({ count: chunk.rowCount, columns })
  }
}

function isNumbers(items: unknown): items is Uint8Array | Uint32Array | BigUint64Array {
  return items instanceof Uint8Array || items instanceof Uint32Array || items instanceof BigUint64Array
}
