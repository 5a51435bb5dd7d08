/** `ashiato/actors/1`: who calls whom what. The schema is `#/$defs/actorsFile` of `attribution.schema.json`. */
import type { ActorName, NameOverlap } from "../attribution/names.ts"
import type { AttributionSource } from "./attribution-file.ts"
import type { Text } from "./case.ts"

export const ACTORS_SCHEMA = "ashiato/actors/1"

export interface ActorsFile {
  readonly schema: typeof ACTORS_SCHEMA
  readonly about: Text
  readonly read: string
  readonly sources: readonly AttributionSource[]
  readonly names: readonly ActorName[]
  readonly overlaps: readonly NameOverlap[]
  /** Where namers contradict each other or themselves. */
  readonly conflicts: readonly { readonly where: string; readonly problem: Text }[]
}
