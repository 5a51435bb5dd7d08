/**
 * `ashiato/incidents/1` and `ashiato/incident-sum-check/1`, the answers of `ashiato incidents --json`. The schema beside
 * this file is the published contract. Money is a decimal string of whole units, an asset's amount one of smallest units.
 */
import type { Incident } from "../attribution/incident.ts"
import type { Grouping, IncidentFilter } from "../attribution/incident-group.ts"
import type { AmountRange, AmountTotal, ValueRange, ValueTotal } from "../attribution/incident-range.ts"
import type { PublishedSum, SumVerdict } from "../attribution/incident-sum.ts"

export const INCIDENTS_SCHEMA = "ashiato/incidents/1"
export const SUM_CHECK_SCHEMA = "ashiato/incident-sum-check/1"

export interface IncidentsDocument {
  readonly schema: typeof INCIDENTS_SCHEMA
  readonly filter: IncidentFilter
  readonly by: Grouping | null
  readonly incidents: readonly ListedIncident[]
  readonly groups: readonly ListedGroup[] | null
  readonly totals: Totals
  /** Figures of these incidents that are in no sum, and why. */
  readonly leftOut: readonly LeftOut[]
}

export interface ListedIncident {
  readonly record: Incident
  readonly precision: "day" | "month" | "year"
  readonly values: readonly ValueRange[]
  readonly amounts: readonly AmountRange[]
}

export interface ListedGroup {
  /** The word of the claims; by actor, who is said to have done it. Null where nothing is said. */
  readonly key: string | null
  readonly members: readonly {
    readonly incident: string
    /** Ids of the incident's claims by which it stands here. */
    readonly claims: readonly string[]
    readonly disputed: boolean
  }[]
  readonly totals: Totals
}

export interface Totals {
  readonly values: readonly ValueTotal[]
  readonly amounts: readonly AmountTotal[]
}

export interface LeftOut {
  readonly incident: string
  readonly aspect: "values" | "amounts"
  readonly claim: string
  readonly reason: "unverified" | "correction"
}

export interface SumCheckDocument {
  readonly schema: typeof SUM_CHECK_SCHEMA
  readonly sum: PublishedSum
  readonly parts: readonly {
    readonly incident: string
    readonly value: string | null
    readonly verified: boolean | null
  }[]
  readonly total: string
  readonly difference: string
  readonly verdict: SumVerdict
  readonly verified: boolean
}
