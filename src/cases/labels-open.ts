import { existsSync } from "node:fs"
import type { LabelBook } from "../ports/label-book.ts"
import { Problem } from "../units/problem.ts"
import { dayOf } from "./labels-day.ts"

/** Where `ashiato labels import` keeps its book, unless it is told otherwise. */
export const DEFAULT_LABELS = "./ashiato.labels"

/**
 * The labels in a folder, as of a day. Stays open as long as the process: a look-up reads a few chunks of the columns.
 *
 * @param folder null for the default one, if it is there
 * @param asOf YYYY-MM-DD; null for today (UTC)
 * @returns null where no folder is named and the default one is not there
 * @throws Problem `labels-missing`, `labels-not-published`, `labels-damaged`, `day-malformed`
 */
export async function openLabelBook(folder: string | null, asOf: string | null): Promise<LabelBook | null> {
  const day = dayOf(asOf)
  if (folder === null && !existsSync(DEFAULT_LABELS)) return null
  const { openLabelColumns } = await import("../stores/label-book/label-columns.ts")
  return openLabelColumns(folder ?? DEFAULT_LABELS, day)
}

/** @throws Problem `labels-missing` */
export function needFolder(folder: string | null): string {
  const named = folder ?? DEFAULT_LABELS
  if (!existsSync(named)) throw new Problem("labels-missing", { folder: named })
  return named
}
