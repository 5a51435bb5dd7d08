import { existsSync } from "node:fs"
import { join } from "node:path"
import { openColumns } from "../columns/columns.ts"
import { TracedColumns } from "./traced-columns.ts"

/** In the ledger's folder; each set in a folder of its own, named by what was asked and of which ledger. */
export const TRACED_FOLDER = "traced"

/** What a traced set is of: hexadecimal hashes of the question (thefts, rules, services) and of the ledger's manifest. */
export interface TracedId {
  readonly question: string
  readonly ledger: string
}

/**
 * The set that was kept under this id; null where there is none.
 *
 * @throws Problem of columns that are damaged or of another version
 */
export function openTraced(ledgerFolder: string, id: TracedId): TracedColumns | null {
  const folder = join(ledgerFolder, TRACED_FOLDER, nameOf(id))
  return existsSync(folder) ? new TracedColumns(openColumns(folder)) : null
}

export function nameOf({ question, ledger }: TracedId): string {
  return `${question}-${ledger}`
}
