import type { OnProgress } from "../ports/progress.ts"

/** Publishes the columns of a ledger anew, from its tables. */
export async function publishLedger(folder: string, onProgress: OnProgress): Promise<void> {
  const { Database } = await import("../stores/duckdb/database.ts")
  const database = await Database.open(folder)
  try {
    if (database.identity.shape === "utxo") {
      const { publishUtxo } = await import("../stores/duckdb/utxo-publish.ts")
      await publishUtxo(database, onProgress)
    } else {
      const { AccountWriter } = await import("../stores/duckdb/account-writer.ts")
      await (await AccountWriter.open(database)).publish(onProgress)
    }
  } finally {
    database.close()
  }
}
