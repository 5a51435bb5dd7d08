import type { DuckDBDataChunk, DuckDBValue, DuckDBVector } from "@duckdb/node-api"
import type { TypedColumn } from "./append.ts"
import { type Database, problemOf } from "./database.ts"

/**
 * Reads a question's answer chunk by chunk, each column as the typed array that it lies in: memory is that of a chunk,
 * however long the answer. No value may be null. The arrays are the database's own, gone with the next chunk.
 */
export async function streamColumns(
  database: Database,
  sql: string,
  onChunk: (columns: readonly TypedColumn[], rows: number) => void,
): Promise<void> {
  await eachChunk(database, sql, chunk => {
    const columns = Array.from({ length: chunk.columnCount }, (_, at) => itemsOf(chunk.getColumnVector(at)))
    onChunk(columns, chunk.rowCount)
  })
}

/** Reads an answer that has texts in it, a chunk of rows at a time. */
export async function streamRows(
  database: Database,
  sql: string,
  onRows: (rows: DuckDBValue[][]) => void,
): Promise<void> {
  await eachChunk(database, sql, chunk => onRows(chunk.getRows()))
}

async function eachChunk(
  { connection }: Database,
  sql: string,
  onChunk: (chunk: DuckDBDataChunk) => void,
): Promise<void> {
  try {
    const result = await connection.stream(sql)
    for (;;) {
      const chunk = await result.fetchChunk()
      if (chunk === null || chunk.rowCount === 0) return
      onChunk(chunk)
    }
  } catch (error) {
    throw problemOf(error)
  }
}

function itemsOf(vector: DuckDBVector): TypedColumn {
  if ("items" in vector && ArrayBuffer.isView(vector.items)) return vector.items as unknown as TypedColumn
  throw new Error("stream: a column whose values do not lie in a typed array")
}

/** The bytes of a typed array as they lie in memory: numbers little-endian. */
export function bytesOf(column: TypedColumn, rows: number): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, rows * column.BYTES_PER_ELEMENT)
}
