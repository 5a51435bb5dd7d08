import type { DuckDBConnection, DuckDBType, DuckDBValue } from "@duckdb/node-api"

/** Rows that a chunk of DuckDB holds. */
const CHUNK = 2048

/**
 * Appends rows, given as columns, to a table; part of the connection's transaction.
 *
 * @param columns as many as the table has, in its order, all of one length
 */
export async function appendValues(
  connection: DuckDBConnection,
  table: string,
  columns: readonly (readonly DuckDBValue[])[],
): Promise<void> {
  const count = columns[0]?.length ?? 0
  if (count === 0) return
  const { DuckDBDataChunk } = await import("@duckdb/node-api")
  const appender = await connection.createAppender(table)
  try {
    const types: DuckDBType[] = columns.map((_, at) => appender.columnType(at))
    for (let from = 0; from < count; from += CHUNK) {
      const chunk = DuckDBDataChunk.create(types, Math.min(CHUNK, count - from))
      chunk.setColumns(columns.map(column => column.slice(from, from + CHUNK)))
      appender.appendDataChunk(chunk)
    }
    appender.flushSync()
  } finally {
    appender.closeSync()
  }
}
