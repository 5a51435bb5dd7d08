import type { OnProgress } from "../../ports/progress.ts"
import { parseInstant } from "../../units/time.ts"
import { ColumnWriter } from "../columns/column-writer.ts"
import type { ColumnEntry, Manifest } from "../columns/manifest.ts"
import { publishColumns } from "../columns/publish.ts"
import type { Database } from "./database.ts"
import { provenanceOf, utxoGaps } from "./stored-info.ts"
import { tellColumns } from "./utxo-columns.ts"
import { createUtxoTables, utxoCounts } from "./utxo-tables.ts"
import { utxoTip } from "./utxo-tip.ts"

/** Publishes what `tellColumns` tells, with where it comes from. */
export async function publishUtxo(database: Database, onProgress: OnProgress): Promise<Manifest> {
  await createUtxoTables(database)
  const counts = await utxoCounts(database)
  const total = counts.blocks + 2 * counts.transactions + 2 * counts.outputs + counts.inputs
  let done = 0
  const tick = (rows: number): void => {
    done += rows
    onProgress(database.folder, done, total, "rows")
  }
  return publishColumns(database.folder, async folder => {
    const entries: ColumnEntry[] = []
    await tellColumns(
      database,
      (name, width) => new ColumnWriter(folder, name, width),
      tick,
      writer => {
        entries.push(writer.close())
      },
    )
    return { ...(await headOf(database)), columns: entries }
  })
}

async function headOf(database: Database): Promise<Omit<Manifest, "columns">> {
  const tip = await utxoTip(database)
  const time =
    tip === null ? null : await database.row("select time from blocks where height = $1", [tip.height])
  const overwritten = await database.rows("select tx, later from overwritten order by tx")
  return {
    chain: database.identity.chain ?? "",
    shape: "utxo",
    horizon: {
      height: tip?.height ?? null,
      hash: tip?.hash ?? null,
      time: time === null ? null : parseInstant(`${time[0]}`),
    },
    extra: {
      overwritten: overwritten.map(([tx, by]) => [Number(tx), Number(by)]),
      provenance: await provenanceOf(database),
      gaps: await utxoGaps(database),
    },
  }
}
