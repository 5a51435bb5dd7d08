import { lockBook } from "../stores/label-book/import-lock.ts"
import { Problem } from "../units/problem.ts"

/**
 * Two that tell the same would lose blocks to each other.
 *
 * @throws Problem `ledger-locked`
 */
export function lockFollowed(folder: string): () => void {
  try {
    return lockBook(folder)
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "labels-locked") throw error
    throw new Problem("ledger-locked", error.detail, error.where)
  }
}
