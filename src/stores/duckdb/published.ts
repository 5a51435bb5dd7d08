import type { Tip } from "../../ports/blocks.ts"
import { Problem } from "../../units/problem.ts"
import { openColumns } from "../columns/columns.ts"

/** Whether the columns of a ledger stand for this block; columns that cannot be opened stand for none. */
export function isPublishedUpTo(folder: string, tip: Tip | null): boolean {
  try {
    const columns = openColumns(folder, 0)
    columns.close()
    const { shape, segments, horizon } = columns.manifest
    // Those of an earlier version have to be published anew.
    if (shape === "utxo" && segments === undefined) return false
    const { height, hash } = horizon
    return height === (tip?.height ?? null) && hash === (tip?.hash ?? null)
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}
