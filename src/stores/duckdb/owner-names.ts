import { bytesOfWords, WordColumns } from "../../chains/bitcoin/word-columns.ts"
import { appendColumns } from "./append.ts"
import type { Database } from "./database.ts"
import { streamRows } from "./stream.ts"

export interface NamedOwner {
  readonly owner: number
  readonly text: Buffer
}

/** The names that are kept of these owners, in their order. */
export async function keptNames(
  database: Database,
  owners: readonly { readonly owner: number; readonly key: Uint8Array }[],
): Promise<readonly NamedOwner[]> {
  if (owners.length === 0) return []
  const keys = new WordColumns(owners.length)
  for (const [row, { key }] of owners.entries()) keys.set(row, key)
  const { UBIGINT } = await import("@duckdb/node-api")
  await database.run("create or replace temp table named (o0 ubigint, o1 ubigint, o2 ubigint, o3 ubigint)")
  const types = [UBIGINT, UBIGINT, UBIGINT, UBIGINT]
  await appendColumns(database.connection, "named", types, keys.words, owners.length)
  const names = new Map<string, Buffer>()
  const sql = `select o0, o1, o2, o3, name from owner_names n semi join named k
    on n.o0 = k.o0 and n.o1 = k.o1 and n.o2 = k.o2 and n.o3 = k.o3`
  await streamRows(database, sql, rows => {
    for (const row of rows) {
      const key = Buffer.from(bytesOfWords(row.slice(0, 4) as bigint[])).toString("hex")
      names.set(key, Buffer.from(`${row[4]}`))
    }
  })
  await database.run("drop table named")
  return owners.flatMap(({ owner, key }) => {
    const text = names.get(Buffer.from(key).toString("hex"))
    return text === undefined ? [] : [{ owner, text }]
  })
}
