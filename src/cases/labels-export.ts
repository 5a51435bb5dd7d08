import { writeFile } from "node:fs/promises"
import { actorPackText } from "../labels/actor-pack-writer.ts"
import { tagPackText } from "../labels/tag-pack-writer.ts"
import { Problem } from "../units/problem.ts"
import { standingOf } from "./labels-list.ts"

export interface Exported {
  readonly what: "labels" | "actors"
  readonly count: number
  /** Labels and actors of the list that were left out: withdrawn, or of a day to come. The format has no end of a label. */
  readonly withdrawn: number
  readonly later: number
}

/**
 * Writes what stands of a list: its labels as a TagPack; its actors as an ActorPack where they are asked for, or are all
 * that it has.
 *
 * @throws Problem `output-unwritable`, `labels-list-unknown`
 */
export async function exportLabels(
  folder: string | null,
  list: string,
  file: string,
  wantsActors: boolean,
): Promise<Exported> {
  const { labels, actors, creators, withdrawn, later } = standingOf(folder, list)
  const creator = creators.join(", ") || null
  const what = wantsActors || (labels.length === 0 && actors.length > 0) ? "actors" : "labels"
  const text = what === "actors" ? actorPackText(list, creator, actors) : tagPackText(list, creator, labels)
  try {
    await writeFile(file, text)
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : ""
    throw reason === "" ? error : new Problem("output-unwritable", { reason })
  }
  return { what, count: what === "actors" ? actors.length : labels.length, withdrawn, later }
}
