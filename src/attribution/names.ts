import type { Wording } from "./claim.ts"

/** What one namer calls an actor. Two records with one spelling stay two: names are never merged by string. */
export interface ActorName {
  readonly id: string
  readonly namer: string
  readonly name: string
  /** What the same namer said before. */
  readonly formerly?: string
  /** YYYY, YYYY-MM or YYYY-MM-DD; null where the source does not say since when. */
  readonly since: string | null
  readonly sources: readonly string[]
  readonly note?: Wording
}

export const OVERLAPS = ["same-or-overlap", "overlap", "probable"] as const

/** That two names are of the same or of overlapping actors: somebody's claim at a date, no identity. */
export interface NameOverlap {
  readonly name: string
  readonly with: string
  readonly relation: (typeof OVERLAPS)[number]
  readonly sources: readonly string[]
  readonly date: string | null
  readonly verified: boolean
  readonly note?: Wording
}

/** A name with what is said of it, one step away; a chain of overlaps is not followed, for overlap is not passed on. */
export interface NameEntry {
  readonly name: ActorName
  readonly overlaps: readonly { readonly overlap: NameOverlap; readonly other: ActorName }[]
}

/**
 * @param wanted a name as written, small or capital letters alike, or its id; "all" for every one
 */
export function namesCalled(
  wanted: string,
  names: readonly ActorName[],
  overlaps: readonly NameOverlap[],
): readonly NameEntry[] {
  const byId = new Map(names.map(name => [name.id, name]))
  const folded = wanted.toLowerCase()
  // ATT&CK's number behind a name is no part of what one would ask for.
  const fits = ({ id, name, formerly }: ActorName): boolean =>
    wanted === "all" ||
    [id, name, name.replace(/ \(G\d+\)$/, ""), formerly].some(text => text?.toLowerCase() === folded)
  return names.filter(fits).map(name => ({
    name,
    overlaps: overlaps.flatMap(overlap => {
      const otherId = overlap.name === name.id ? overlap.with : overlap.with === name.id ? overlap.name : null
      const other = otherId === null ? undefined : byId.get(otherId)
      return other === undefined ? [] : [{ overlap, other }]
    }),
  }))
}
