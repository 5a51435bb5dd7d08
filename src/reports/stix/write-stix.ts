import type { Incident } from "../../attribution/incident.ts"
import type { AttributionFile } from "../../casefile/attribution-file.ts"
import type { CaseFile } from "../../casefile/case.ts"
import { attributionObjects } from "./stix-attribution.ts"
import { caseObjects } from "./stix-case.ts"
import { ownId } from "./stix-id.ts"
import { incidentObjects } from "./stix-incident.ts"
import { type StixObject, StixSet } from "./stix-object.ts"

export interface StixInput {
  readonly incidents: readonly Incident[]
  /** The cases whose wallets and transactions are wanted too. */
  readonly cases?: readonly CaseFile[]
  /** Where a case has an attribution file, its claims stand in place of the incident's own of who did it. */
  readonly attributions?: readonly AttributionFile[]
}

/** The objects of an export, each once, in an order that depends on the records alone. */
export function stixObjects({ incidents, cases = [], attributions = [] }: StixInput): readonly StixObject[] {
  const set = new StixSet()
  const told = new Set(attributions.map(file => file.case))
  for (const incident of incidents) {
    const elsewhere = incident.case !== null && told.has(incident.case)
    incidentObjects(set, elsewhere ? { ...incident, actors: [] } : incident)
  }
  const incidentOf = (id: string) => incidents.find(one => one.case === id)
  for (const file of cases) {
    const incident = incidentOf(file.id)
    caseObjects(set, file, incident === undefined ? null : ownId("incident", incident.id))
  }
  for (const file of attributions) {
    const id = incidentOf(file.case)?.id
    const theft = { incident: null, campaign: null }
    attributionObjects(
      set,
      file,
      id === undefined ? theft : { incident: ownId("incident", id), campaign: ownId("campaign", id) },
    )
  }
  return set.objects()
}

/** A STIX 2.1 bundle as JSON text; the same records give the same bytes. */
export function writeStix(input: StixInput): string {
  const objects = stixObjects(input)
  const id = ownId("bundle", ...objects.map(object => object.id))
  return `${JSON.stringify({ type: "bundle", id, objects }, null, 2)}\n`
}
