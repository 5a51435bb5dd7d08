import type { ActorClaim, Incident } from "./incident.ts"
import { yearOf } from "./incident.ts"

export const GROUPINGS = ["actor", "year", "country", "cause"] as const
export type Grouping = (typeof GROUPINGS)[number]

export interface IncidentGroup {
  /** The word that the claims use; null for incidents of which none says anything. */
  readonly key: string | null
  readonly members: readonly GroupMember[]
}

export interface GroupMember {
  readonly incident: Incident
  /** The claims by which it stands here: by actor, who says so and how firmly. Empty for a year. */
  readonly claims: readonly string[]
  /** By actor: whether another claim of the incident names somebody else, doubts this one, or takes it back. */
  readonly disputed: boolean
}

/**
 * Puts an incident under each word that a claim uses of it, so that one may stand in several groups. By actor that is
 * who is *said* to have done it: groups are words, not culprits, and different words are never merged.
 */
export function groupIncidents(incidents: readonly Incident[], by: Grouping): readonly IncidentGroup[] {
  const groups = new Map<string | null, GroupMember[]>()
  for (const incident of incidents) {
    const keys = keysOf(incident, by)
    for (const [key, claims] of keys.size === 0 ? new Map([[null, [] as string[]]]) : keys) {
      const member = { incident, claims, disputed: by === "actor" && isDisputed(incident) }
      const own = groups.get(key)
      if (own === undefined) groups.set(key, [member])
      else own.push(member)
    }
  }
  return [...groups].map(([key, members]) => ({ key, members })).sort((a, b) => order(a.key, b.key))
}

function keysOf(incident: Incident, by: Grouping): Map<string, string[]> {
  const keys = new Map<string, string[]>()
  const add = (key: string, claim?: string) =>
    keys.set(key, [...(keys.get(key) ?? []), ...(claim === undefined ? [] : [claim])])
  switch (by) {
    case "year":
      add(yearOf(incident))
      break
    case "country":
      for (const { country, id } of incident.countries) add(country, id)
      break
    case "cause":
      for (const { cause, id } of incident.causes) add(cause, id)
      break
    case "actor":
      for (const { actor, id } of incident.actors) add(actor, id)
  }
  return keys
}

/** By the word; what nothing is said of comes last. */
function order(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return a < b ? -1 : a > b ? 1 : 0
}

/** More than one name, or any claim that is not put forward outright. */
export function isDisputed({ actors }: Incident): boolean {
  const doubtful = (claim: ActorClaim) => ["weakened", "denied", "omitted"].includes(claim.stance)
  return new Set(actors.map(({ actor }) => actor)).size > 1 || actors.some(doubtful)
}

export interface IncidentFilter {
  readonly actor: string | null
  readonly year: string | null
  readonly country: string | null
}

/** Keeps the incidents of which some claim says so; an actor matches any part of a name as written, in either case. */
export function filterIncidents(incidents: readonly Incident[], filter: IncidentFilter): readonly Incident[] {
  const wanted = filter.actor?.toLowerCase()
  return incidents.filter(
    incident =>
      (wanted === undefined || incident.actors.some(({ actor }) => actor.toLowerCase().includes(wanted))) &&
      (filter.year === null || yearOf(incident) === filter.year) &&
      (filter.country === null || incident.countries.some(({ country }) => country === filter.country)),
  )
}
