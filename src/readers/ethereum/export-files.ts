import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { Problem } from "../../units/problem.ts"
import { asProblem } from "../file-problem.ts"

/** The tables of ethereum-etl that say what moved. Its token_transfers mixes ERC-721's numbers with amounts. */
export const TABLES = ["blocks", "transactions", "receipts", "logs", "traces"] as const
export type Table = (typeof TABLES)[number]

/** "transactions_00000000_00099999.csv", "17173049_17173050.expected_blocks.json", "logs.csv" */
const NAME = /(?:^|[^a-z])(blocks|transactions|receipts|logs|traces)(?:_\d+_\d+)?\.(?:csv|json|jsonl)$/
const OF_OTHERS = /token_transfers|token_approvals/

/**
 * The files of an export, by table and in the order of their names; folders within it are looked through.
 *
 * @throws Problem `file-missing`, `file-unreadable`
 */
export async function findExportFiles(folder: string): Promise<ReadonlyMap<Table, readonly string[]>> {
  const files = new Map<Table, string[]>(TABLES.map(table => [table, []]))
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    for (const entry of entries) {
      const name = NAME.exec(entry.name)?.[1]
      const table = TABLES.find(known => known === name)
      if (table === undefined || !entry.isFile() || OF_OTHERS.test(entry.name)) continue
      files.get(table)?.push(join(entry.parentPath, entry.name))
    }
  } catch (error) {
    throw asProblem(error, folder)
  }
  for (const table of ["blocks", "transactions"] as const) {
    if (files.get(table)?.length === 0) {
      const expected = `${table}.csv or ${table}.json`
      throw new Problem(
        "chain-data-malformed",
        { what: "the export", reason: `no ${expected}` },
        { file: folder },
      )
    }
  }
  for (const each of files.values()) each.sort()
  return files
}
