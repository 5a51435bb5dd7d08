import type { OnProgress } from "../../ports/progress.ts"
import { Problem } from "../../units/problem.ts"
import { parseInstant } from "../../units/time.ts"
import type { Manifest } from "../columns/manifest.ts"
import { publishColumns } from "../columns/publish.ts"
import { segmentsUpTo } from "../utxo-ledger/cut-segments.ts"
import { UtxoSegments } from "../utxo-ledger/utxo-segments.ts"
import { commonBlocks } from "./common-blocks.ts"
import type { Database } from "./database.ts"
import { growSegments } from "./grow-segments.ts"
import { openPublished } from "./open-published.ts"
import { SegmentWriter } from "./segment-writer.ts"
import { provenanceOf, type StoredInfo, utxoGaps } from "./stored-info.ts"
import { tellColumns } from "./utxo-columns.ts"
import { createUtxoTables, type UtxoCounts, utxoCounts } from "./utxo-tables.ts"
import { utxoTip } from "./utxo-tip.ts"

/** What is told in memory at a time; the last block of a piece may go beyond. */
const PIECE_ROWS = 1_000_000

/** Publishes all columns anew, as one segment, from the tables alone. */
export async function publishUtxo(database: Database, onProgress: OnProgress): Promise<Manifest> {
  await createUtxoTables(database)
  const counts = await utxoCounts(database)
  const tick = ticking(database, rowsToTell(counts), onProgress)
  return publishColumns(database.folder, async (folder, generation) => {
    const writer = new SegmentWriter(folder)
    await tellColumns(database, writer.open, tick, writer.close)
    const segments = counts.blocks === 0 ? [] : [writer.entry(generation)]
    return { ...(await headOf(database, await utxoGaps(database))), columns: [], segments }
  })
}

/**
 * Publishes what the tables hold beyond the published segments, as a segment beside them or merged with the last of them.
 * Where there are none to go on from, or there is more to add than is there, all is published anew.
 *
 * @param pieceRows transactions, outputs and inputs that are told in memory at a time
 */
export async function publishGrown(
  database: Database,
  onProgress: OnProgress,
  pieceRows = PIECE_ROWS,
): Promise<Manifest> {
  await createUtxoTables(database)
  const columns = openPublished(database.folder)
  if (columns === null) return publishUtxo(database, onProgress)
  try {
    const ledger = UtxoSegments.of(columns)
    const before = new UtxoSegments(segmentsUpTo(ledger, await commonBlocks(database, ledger)))
    const counts = await utxoCounts(database)
    if (counts.outputs >= 2 * before.counts.outputs) return await publishUtxo(database, onProgress)
    const tick = ticking(database, rowsToTell(counts) - rowsToTell(before.counts), onProgress)
    return await publishColumns(database.folder, async (folder, generation) => {
      const grown = await growSegments({ database, before, counts, folder, generation, tick, pieceRows })
      const gaps = grown.hasExtension ? [{ code: "extension-block", detail: {} }] : []
      return { ...(await headOf(database, gaps)), columns: [], segments: grown.segments }
    })
  } catch (error) {
    // What cannot be read any more is made anew like what was never there.
    if (error instanceof Problem && error.code === "ledger-damaged")
      return await publishUtxo(database, onProgress)
    throw error
  } finally {
    columns.close()
  }
}

function rowsToTell({ blocks, transactions, outputs, inputs }: UtxoCounts): number {
  return blocks + 2 * transactions + 2 * outputs + inputs
}

function ticking(database: Database, total: number, onProgress: OnProgress): (rows: number) => void {
  let done = 0
  return rows => {
    done += rows
    onProgress(database.folder, done, total, "rows")
  }
}

async function headOf(
  database: Database,
  gaps: StoredInfo["gaps"],
): Promise<Omit<Manifest, "columns" | "segments">> {
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
      gaps,
    },
  }
}
