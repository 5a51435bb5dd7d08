import { Problem } from "../../units/problem.ts"
import { type Columns, openColumns } from "../columns/columns.ts"

/** Null where there are no columns, or none that can be gone on from. */
export function openPublished(folder: string): Columns | null {
  try {
    const columns = openColumns(folder)
    if (columns.segments !== null) return columns
    columns.close()
    return null
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}
