import { type Incident, precisionOf } from "../attribution/incident.ts"
import {
  filterIncidents,
  type Grouping,
  groupIncidents,
  type IncidentFilter,
} from "../attribution/incident-group.ts"
import {
  amountRanges,
  amountTotals,
  counts,
  valueRanges,
  valueTotals,
} from "../attribution/incident-range.ts"
import { checkSum } from "../attribution/incident-sum.ts"
import {
  INCIDENTS_SCHEMA,
  type IncidentsDocument,
  type LeftOut,
  SUM_CHECK_SCHEMA,
  type SumCheckDocument,
  type Totals,
} from "../contracts/incidents.ts"
import type { Register } from "../readers/incident-files.ts"

/** Lists the incidents that pass the filter, grouped and summed; what is in no sum is said. */
export function answerIncidents(
  { incidents }: Register,
  filter: IncidentFilter,
  by: Grouping | null,
): IncidentsDocument {
  const listed = filterIncidents(incidents, filter)
  return {
    schema: INCIDENTS_SCHEMA,
    filter,
    by,
    incidents: listed.map(record => ({
      record,
      precision: precisionOf(record.date.value),
      values: valueRanges(record),
      amounts: amountRanges(record),
    })),
    groups:
      by === null
        ? null
        : groupIncidents(listed, by).map(({ key, members }) => ({
            key,
            members: members.map(({ incident, claims, disputed }) => ({
              incident: incident.id,
              claims,
              disputed,
            })),
            totals: totalsOf(members.map(({ incident }) => incident)),
          })),
    totals: totalsOf(listed),
    leftOut: listed.flatMap(leftOutOf),
  }
}

function totalsOf(incidents: readonly Incident[]): Totals {
  return { values: valueTotals(incidents), amounts: amountTotals(incidents) }
}

function leftOutOf(incident: Incident): readonly LeftOut[] {
  return (["amounts", "values"] as const).flatMap(aspect =>
    incident[aspect]
      .filter(claim => !counts(claim))
      .map(({ id, correction }) => ({
        incident: incident.id,
        aspect,
        claim: id,
        reason: correction === undefined ? ("unverified" as const) : ("correction" as const),
      })),
  )
}

/** What a published total is said to be made of, added up; null where the register has no total of this id. */
export function answerSum({ incidents, sums }: Register, id: string): SumCheckDocument | null {
  const sum = sums.find(one => one.id === id)
  if (sum === undefined) return null
  const { parts, total, difference, verdict, verified } = checkSum(sum, incidents)
  return {
    schema: SUM_CHECK_SCHEMA,
    sum,
    parts: parts.map(({ incident, value }) => ({
      incident: incident.id,
      value: value?.amount ?? null,
      verified: value?.verified ?? null,
    })),
    total,
    difference,
    verdict,
    verified,
  }
}
