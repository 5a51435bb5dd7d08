import {
  type ActorClaim,
  type AmountClaim,
  type Claim,
  claimsOf,
  type Incident,
  precisionOf,
  type ValueClaim,
} from "../../attribution/incident.ts"
import { formatAmount } from "../../units/amount.ts"
import { ownId, type StixId } from "./stix-id.ts"
import { claimantIdentity, ownIdentity, saidActor, victimIdentity } from "./stix-identities.ts"
import { domainObject, type StixSet, stixTime } from "./stix-object.ts"
import { transaction, wallet } from "./stix-observables.ts"

/**
 * One incident: the incident and the campaign it belongs to, who is said to have done it as `attributed-to` made by the
 * claimant, doubts as opinions, figures and known slips as notes, each source as a report.
 */
export function incidentObjects(set: StixSet, incident: Incident): void {
  const own = ownIdentity(set)
  const about = new Map<string, StixId[]>()
  const says = (claim: Claim, ...ids: readonly StixId[]) => {
    for (const source of claim.sources) about.set(source, [...(about.get(source) ?? []), ...ids])
  }
  const { campaign, theft } = theftObjects(set, incident, own)
  const relations = new Map<string, StixId>()
  for (const claim of incident.actors) {
    const made = actorObject(set, incident, claim, campaign, relations)
    says(claim, ...made)
  }
  for (const claim of incident.traces) {
    const id = claim.kind === "address" ? wallet(set, claim.value) : transaction(set, claim.value, null, [])
    says(claim, id, traceRelation(set, incident, claim, theft, id))
  }
  const notes = figuresNote(set, incident, [theft, campaign], own)
  for (const { claim } of claimsOf(incident)) says(claim, theft)
  for (const source of incident.sources) {
    const refs = [...new Set([...(about.get(source.id) ?? []), ...(about.has(source.id) ? notes : [theft])])]
    set.add(
      domainObject(ownId("report", incident.id, source.id), own, {
        name: source.title,
        description: `What this publication says of ${incident.title.en}, as restated in the record.`,
        report_types: ["threat-report"],
        published: stixTime(source.published ?? incident.date.value),
        ...(source.published === null ? { labels: ["publication-date-unknown"] } : {}),
        object_refs: refs,
        ...(source.url === null
          ? {}
          : { external_references: [{ source_name: source.title, url: source.url }] }),
      }),
    )
  }
}

function theftObjects(set: StixSet, incident: Incident, own: StixId): { campaign: StixId; theft: StixId } {
  const { id, title, date, victim, countries } = incident
  const whom = victimIdentity(set, victim.name, [...new Set(countries.map(one => one.country))])
  const when = `${date.value} (${precisionOf(date.value)}, ${date.of})`
  const theft = set.add(
    domainObject(ownId("incident", id), own, {
      name: title.en,
      description: `Theft from ${victim.name}, ${when}.`,
    }),
  )
  const campaign = set.add(
    domainObject(ownId("campaign", id), own, {
      name: `Theft: ${title.en}`,
      description: `Stands for whoever took part in it, so that claims of attribution have something to point from; ${when}.`,
      first_seen: stixTime(date.value),
    }),
  )
  relate(set, own, "related-to", theft, campaign, "The theft itself.", id)
  relate(set, own, "targets", campaign, whom, "The victim.", id)
  return { campaign, theft }
}

/** Claims that name somebody make a relationship; those that doubt, deny or leave out speak to what others said. */
function actorObject(
  set: StixSet,
  { id, actors }: Incident,
  claim: ActorClaim,
  campaign: StixId,
  relations: Map<string, StixId>,
): readonly StixId[] {
  const by = claimantIdentity(set, claim.claimant)
  const words = wordsOf(claim, actors)
  if (claim.correction !== undefined || claim.stance === "omitted") {
    const note = domainObject(ownId("note", id, "actors", claim.id), ownIdentity(set), {
      abstract: claim.correction === undefined ? "Not named where it could be" : "Known slip of the source",
      content: `"${claim.actor}": ${words}`,
      object_refs: [campaign],
    })
    return [set.add(note)]
  }
  if (claim.stance === "asserted" || claim.stance === "possible") {
    const group = saidActor(set, claim.actor, claim.claimant)
    const relation = relate(set, by, "attributed-to", campaign, group, words, id, claim.id, [
      `stance:${claim.stance}`,
      claim.verified ? "read-at-source" : "not-verified",
    ])
    relations.set(claim.id, relation)
    return [group, relation]
  }
  const against = actors
    .filter(one => relations.has(one.id) && (claim.revises?.includes(one.id) || one.actor === claim.actor))
    .flatMap(one => relations.get(one.id) ?? [])
  const opinion = domainObject(ownId("opinion", id, claim.id), by, {
    opinion: claim.stance === "denied" ? "strongly-disagree" : "disagree",
    explanation: words,
    object_refs: against.length === 0 ? [campaign] : against,
  })
  return [set.add(opinion)]
}

function traceRelation(
  set: StixSet,
  { id }: Incident,
  claim: Incident["traces"][number],
  theft: StixId,
  what: StixId,
) {
  const by = claimantIdentity(set, claim.claimant)
  const words = `${claim.text.en} (${claim.chain}; ${claim.claimant})`
  return relate(set, by, "related-to", what, theft, words, id, claim.id)
}

/** The working: every figure with its claimant, as strings, and what is known to be wrong. */
function figuresNote(
  set: StixSet,
  incident: Incident,
  refs: readonly StixId[],
  own: StixId,
): readonly StixId[] {
  const lines = [
    ...incident.amounts.map(claim => `${amountWords(claim)}: ${wordsOf(claim, incident.amounts)}`),
    ...incident.values.map(claim => `${valueWords(claim)}: ${wordsOf(claim, incident.values)}`),
    ...incident.causes.map(
      claim => `how: ${claim.cause}. ${claim.text.en} ${wordsOf(claim, incident.causes)}`,
    ),
    ...incident.custody.map(
      claim => `held: ${claim.custody}. ${claim.text.en} ${wordsOf(claim, incident.custody)}`,
    ),
    ...incident.outcomes.map(
      claim => `after: ${claim.outcome}. ${claim.text.en} ${wordsOf(claim, incident.outcomes)}`,
    ),
  ]
  if (lines.length === 0) return []
  const note = domainObject(ownId("note", incident.id, "figures"), own, {
    abstract: "Claims of the record, each by its claimant; nothing converted",
    content: lines.join("\n"),
    object_refs: refs,
  })
  return [set.add(note)]
}

const amountWords = ({ asset, decimals, amount, relation }: AmountClaim): string =>
  `${relation} ${formatAmount(BigInt(amount), decimals)} ${asset} (${amount} smallest units)`

const valueWords = ({ currency, amount, relation, priced, priceDate }: ValueClaim): string =>
  `${relation} ${currency} ${amount} (priced: ${priced}${priceDate === null ? "" : `, ${priceDate}`})`

/** Claimant, day, and everything that qualifies the claim. */
function wordsOf(claim: Claim & { readonly stance?: string }, all: readonly Claim[]): string {
  const names = (id: string) => all.find(one => one.id === id)?.claimant ?? id
  const parts = [
    `${claim.claimant}${claim.date === null ? "" : `, ${claim.date}`}`,
    ...(claim.stance === undefined ? [] : [`stance: ${claim.stance}`]),
    ...(claim.derivedFrom ?? []).map(one => `repeats ${names(one.claim)} (${one.sure})`),
    ...(claim.revises ?? []).map(id => `changes what ${names(id)} said before`),
    ...(claim.quote === undefined ? [] : [`in its words: "${claim.quote}"`]),
    ...(claim.verified ? [] : ["not verified by us at its source"]),
    ...(claim.correction === undefined ? [] : [`known slip: ${claim.correction.en}`]),
    ...(claim.note === undefined ? [] : [claim.note.en]),
  ]
  return parts.join("; ")
}

function relate(
  set: StixSet,
  by: StixId,
  type: string,
  source: StixId,
  target: StixId,
  description: string,
  incident: string,
  claim = "",
  labels?: readonly string[],
): StixId {
  const id = ownId("relationship", incident, claim, type, source, target)
  return set.add(
    domainObject(id, by, {
      relationship_type: type,
      source_ref: source,
      target_ref: target,
      description,
      labels,
    }),
  )
}
