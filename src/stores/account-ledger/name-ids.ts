import type { DuckDBConnection } from "@duckdb/node-api"
import { Problem } from "../../units/problem.ts"
import { appendValues } from "./append-rows.ts"
import { MOST_IDS } from "./codes.ts"

/**
 * The ids of names, all at once: known ones are looked up in one pass over the table, the others get the next ids in
 * the order given and are added. Nothing is remembered between batches, since what a transaction that is rolled back
 * gave out would be wrong: a batch is large, so one pass a batch is cheap.
 *
 * @param names each once
 */
export async function idsOfNames(
  connection: DuckDBConnection,
  table: "accounts" | "assets",
  names: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (names.length === 0) return new Map()
  await connection.run("create temp table if not exists wanted_names (name varchar)")
  await connection.run("delete from wanted_names")
  await appendValues(connection, "wanted_names", [names])
  const known = await connection.runAndReadAll(
    `select w.name, t.id from wanted_names w join ${table} t on t.name = w.name`,
  )
  const ids = new Map(known.getRows().map(([name, id]) => [String(name), Number(id)]))
  const count = await connection.runAndReadAll(`select count(*) from ${table}`)
  const next = Number(count.getRows()[0]?.[0])
  const added = names.filter(name => !ids.has(name))
  if (next + added.length > MOST_IDS) throw new Problem("ledger-full", { most: MOST_IDS, what: table })
  for (const [at, name] of added.entries()) ids.set(name, next + at)
  await appendValues(connection, table, [added.map((_, at) => next + at), added])
  await connection.run("delete from wanted_names")
  return ids
}
