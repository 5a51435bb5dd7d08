import type { KnownSection } from "./book-manifest.ts"
import type { PackSection } from "./pack.ts"
import { importKey } from "./pack-reader.ts"

export interface SectionPlan {
  /** What is to be taken, in the order of its days, of one day as it was imported. */
  readonly take: readonly KnownSection[]
  /** Lists that are worked out anew: one of their new sections is older than what is known of them already. */
  readonly anew: readonly Pick<PackSection, "list" | "creator">[]
  /** Of the new sections, those that say nothing new: the same file was imported in the same way. */
  readonly repeated: ReadonlySet<KnownSection>
}

/** @param known in the order of their import @param fresh likewise, all later */
export function planOf(known: readonly KnownSection[], fresh: readonly KnownSection[]): SectionPlan {
  const keys = new Set(known.map(importKey))
  const repeated = new Set<KnownSection>()
  for (const section of fresh) {
    const key = importKey(section)
    if (keys.has(key)) repeated.add(section)
    keys.add(key)
  }
  const first = fresh.filter(section => !repeated.has(section))
  const latest = new Map<string, string>()
  for (const section of known) {
    const day = latest.get(listKey(section))
    if (day === undefined || day < section.day) latest.set(listKey(section), section.day)
  }
  const late = first.filter(section => section.day < (latest.get(listKey(section)) ?? ""))
  const anew = new Map(late.map(({ list, creator }) => [listKey({ list, creator }), { list, creator }]))
  const again = known.filter(section => anew.has(listKey(section)))
  const take = [...again, ...first]
  // A stable order: of one day, as they were imported.
  take.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  return { take, anew: [...anew.values()], repeated }
}

function listKey({ list, creator }: Pick<PackSection, "list" | "creator">): string {
  return JSON.stringify([list, creator])
}
