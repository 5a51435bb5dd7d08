import { writeFile } from "node:fs/promises"
import { tagPackText } from "../labels/tag-pack-writer.ts"
import { Problem } from "../units/problem.ts"
import { labelsOfList } from "./labels-list.ts"

/**
 * Writes the standing labels of a list as a TagPack.
 *
 * @returns how many
 * @throws Problem `output-unwritable`, `labels-list-unknown`
 */
export async function exportLabels(folder: string | null, list: string, file: string): Promise<number> {
  const { labels, creators } = labelsOfList(folder, list)
  try {
    await writeFile(file, tagPackText(list, creators.join(", ") || null, labels))
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : ""
    throw reason === "" ? error : new Problem("output-unwritable", { reason })
  }
  return labels.length
}
