import type { StixId } from "./stix-id.ts"

/** What an export is given of the world: nothing in it depends on the clock, so the same record gives the same bytes. */
export interface StixObject {
  readonly type: string
  readonly spec_version: "2.1"
  readonly id: StixId
  readonly [property: string]: unknown
}

/** The day on which the records were last read; the objects' `created` and `modified`. */
export const RECORD_DAY = "2026-11-24T00:00:00.000Z"

/** The format a STIX consumer expects from a date of any precision: the beginning of the day, month or year. */
export function stixTime(date: string): string {
  if (date.length > 10) return new Date(date).toISOString()
  const padded = `${date}-01-01`.slice(0, 10)
  return `${padded}T00:00:00.000Z`
}

/** Objects by id, each once, in the order in which they come up. */
export class StixSet {
  readonly #objects = new Map<StixId, StixObject>()

  add(object: StixObject): StixId {
    if (!this.#objects.has(object.id)) this.#objects.set(object.id, object)
    return object.id
  }

  objects(): readonly StixObject[] {
    return [...this.#objects.values()]
  }
}

/** Domain and relationship objects share their head. */
export function domainObject(
  id: StixId,
  createdBy: StixId | null,
  properties: Readonly<Record<string, unknown>>,
): StixObject {
  return {
    type: id.slice(0, id.indexOf("--")),
    spec_version: "2.1",
    id,
    ...(createdBy === null ? {} : { created_by_ref: createdBy }),
    created: RECORD_DAY,
    modified: RECORD_DAY,
    ...Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)),
  }
}
