import type { LedgerFault } from "../ledger/ledger-fault.ts"
import type { OnProgress } from "../ports/progress.ts"
import type { Columns } from "../stores/columns/columns.ts"
import { Problem } from "../units/problem.ts"

export interface Verified {
  readonly schema: "ashiato/ledger-verify/1"
  readonly holds: boolean
  readonly blocks: number
  readonly rows: number
  readonly faults: readonly LedgerFault[]
}

/** Checks a ledger from end to end: every link of its tables, every byte of its columns against them. */
export async function verifyLedger(folder: string, onProgress: OnProgress): Promise<Verified> {
  const { Database } = await import("../stores/duckdb/database.ts")
  const database = await Database.open(folder)
  try {
    const { storedInfo } = await import("../stores/duckdb/stored-info.ts")
    const { counts } = await storedInfo(database)
    const { blocks = 0, ...others } = counts
    const rows = Object.values(others).reduce((sum, count) => sum + count, 0)
    const faults = [
      ...(await linkFaults(database)),
      ...(await columnFaults(database, blocks === 0, onProgress)),
    ]
    return { schema: "ashiato/ledger-verify/1", holds: faults.length === 0, blocks, rows, faults }
  } finally {
    database.close()
  }
}

type OpenDatabase = Awaited<ReturnType<typeof import("../stores/duckdb/database.ts")["Database"]["open"]>>

async function linkFaults(database: OpenDatabase): Promise<readonly LedgerFault[]> {
  if (database.identity.shape === "account") {
    const { verifyAccountLedger } = await import("../stores/account-ledger/account-check.ts")
    const broken = await verifyAccountLedger(database.connection)
    return broken.map(({ what, at }) => ({ code: "link", at: `${what}: ${at}` }))
  }
  const { networkOfChain } = await import("../chains/bitcoin/network-name.ts")
  const network = networkOfChain(database.identity.chain ?? "")
  if (network === null) throw new Problem("chain-unknown", { value: `${database.identity.chain}`, known: "" })
  const { verifyUtxo } = await import("../stores/duckdb/utxo-verify.ts")
  const { NODE_HASHES } = await import("../readers/decoding/node-hashes.ts")
  return verifyUtxo(database, network, NODE_HASHES)
}

async function columnFaults(
  database: OpenDatabase,
  isEmpty: boolean,
  onProgress: OnProgress,
): Promise<readonly LedgerFault[]> {
  const { openColumns } = await import("../stores/columns/columns.ts")
  const { verifyColumns } = await import("../stores/columns/verify-columns.ts")
  const { compareUtxoColumns } = await import("../stores/duckdb/compare-columns.ts")
  try {
    const columns = openColumns(database.folder)
    try {
      for (const { done, total } of verifyColumns(columns)) onProgress(database.folder, done, total)
      return database.identity.shape === "utxo"
        ? await compareUtxoColumns(database, columns)
        : await compareAccountColumns(database, columns)
    } finally {
      columns.close()
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.code === "ledger-damaged") return [{ code: "columns-damaged", at: `${error.detail.reason}` }]
    if (error.code === "ledger-not-published" && isEmpty) return []
    if (error.code === "ledger-not-published") return [{ code: "columns-behind", at: "-" }]
    throw error
  }
}

async function compareAccountColumns(
  database: OpenDatabase,
  columns: Columns,
): Promise<readonly LedgerFault[]> {
  const { columnsAgainstTruth } = await import("../stores/account-ledger/columns-against-truth.ts")
  const found = await columnsAgainstTruth(database.connection, columns)
  if (found === "behind") return [{ code: "columns-behind", at: `${columns.manifest.horizon.height ?? "-"}` }]
  return found.map(({ column, at }) => ({ code: "columns-differ", at: `${column} ${at}` }))
}
