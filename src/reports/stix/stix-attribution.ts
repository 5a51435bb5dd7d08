import type { Claim } from "../../attribution/claim.ts"
import type { AttributionFile } from "../../casefile/attribution-file.ts"
import { ownId, type StixId } from "./stix-id.ts"
import { claimantIdentity, ownIdentity, saidActor } from "./stix-identities.ts"
import { domainObject, type StixSet, stixTime } from "./stix-object.ts"

/** STIX 2.1, appendix A, Admiralty credibility; for 6, which cannot be judged, there must be no number. */
const CONFIDENCE: Readonly<Record<string, number>> = { "1": 90, "2": 70, "3": 50, "4": 30, "5": 10 }

/**
 * The claims of an attribution file: `attributed-to` by the claimant for who is named, an opinion for who doubts, a note
 * for an omission and for whatever else is said, a report for each source, and the working as a note of the program's.
 *
 * @param theft what the case's incident and campaign are, where the register has them
 */
export function attributionObjects(
  set: StixSet,
  file: AttributionFile,
  theft: { readonly incident: StixId | null; readonly campaign: StixId | null },
): void {
  const own = ownIdentity(set)
  const campaign = theft.campaign ?? caseCampaign(set, file, own)
  const made = new Map<string, readonly StixId[]>()
  const relations = new Map<string, StixId>()
  for (const claim of file.claims) made.set(claim.id, claimObjects(set, file, claim, campaign, relations))
  for (const claim of file.claims)
    if (doubts(claim)) made.set(claim.id, [opinion(set, file, claim, campaign, relations)])
  const about = [campaign, ...(theft.incident === null ? [] : [theft.incident])]
  workingNote(set, file, [...about, ...relations.values()], own)
  for (const source of file.sources) {
    const says = file.claims.filter(claim => claim.sources.includes(source.id))
    const refs = [...new Set(says.flatMap(({ id }) => made.get(id) ?? []))]
    const date = source.date ?? says[0]?.date ?? file.read
    const report = domainObject(ownId("report", "attribution", file.case, source.id), own, {
      name: source.title,
      description: "What this publication says of the case, as restated in the record.",
      report_types: ["threat-report"],
      published: stixTime(date),
      ...(source.date === null ? { labels: ["publication-date-unknown"] } : {}),
      object_refs: refs.length === 0 ? [campaign] : refs,
      ...(source.url === null
        ? {}
        : { external_references: [{ source_name: source.title, url: source.url }] }),
    })
    set.add(report)
  }
}

function caseCampaign(set: StixSet, file: AttributionFile, own: StixId): StixId {
  const campaign = domainObject(ownId("campaign", "case", file.case), own, {
    name: `Theft: ${file.case}`,
    description:
      "Stands for whoever took part in it, so that claims of attribution have something to point from.",
  })
  return set.add(campaign)
}

const doubts = ({ aspect, stance }: Claim): boolean =>
  aspect === "attribution" && (stance === "weakened" || stance === "denied")

function claimObjects(
  set: StixSet,
  file: AttributionFile,
  claim: Claim,
  campaign: StixId,
  relations: Map<string, StixId>,
): readonly StixId[] {
  if (doubts(claim)) return []
  const { aspect, stance, hypothesis } = claim
  const named = file.hypotheses.find(({ id }) => id === hypothesis)
  if (aspect === "attribution" && named !== undefined && (stance === "asserted" || stance === "possible")) {
    const group = saidActor(set, named.name.en, claim.claimant)
    const confidence = CONFIDENCE[claim.grade.slice(-1)]
    const relation = domainObject(
      ownId("relationship", "attribution", file.case, claim.id),
      claimantIdentity(set, claim.claimant),
      {
        relationship_type: "attributed-to",
        source_ref: campaign,
        target_ref: group,
        description: claimWords(claim),
        labels: [`stance:${stance}`, `admiralty:${claim.grade}`],
        ...(confidence === undefined ? {} : { confidence }),
      },
    )
    relations.set(claim.id, set.add(relation))
    return [group, relation.id]
  }
  const note = domainObject(ownId("note", "attribution", file.case, claim.id), ownIdentity(set), {
    abstract: stance === "omitted" ? "Not named where it could be" : `Claim (${aspect}) of ${claim.claimant}`,
    content: claimWords(claim),
    object_refs: [campaign],
  })
  return [set.add(note)]
}

/** About what it takes back or disputes, else about whatever else was said for the same hypothesis. */
function opinion(
  set: StixSet,
  file: AttributionFile,
  claim: Claim,
  campaign: StixId,
  relations: ReadonlyMap<string, StixId>,
): StixId {
  const meant = [...claim.revises, ...claim.disputes].flatMap(id => relations.get(id) ?? [])
  const same = file.claims
    .filter(({ hypothesis }) => hypothesis === claim.hypothesis)
    .flatMap(({ id }) => relations.get(id) ?? [])
  const against = meant.length > 0 ? meant : same
  const object = domainObject(
    ownId("opinion", "attribution", file.case, claim.id),
    claimantIdentity(set, claim.claimant),
    {
      opinion: claim.stance === "denied" ? "strongly-disagree" : "disagree",
      explanation: claimWords(claim),
      object_refs: against.length === 0 ? [campaign] : against,
    },
  )
  return set.add(object)
}

/** The judged bands with their reasons: what the weighing rests on, marked as judgement. */
function workingNote(set: StixSet, file: AttributionFile, refs: readonly StixId[], own: StixId): void {
  const evidence = file.evidence.map(({ id, what, group, bands, reason }) => {
    const judged = Object.entries(bands).map(([hypothesis, [low, high]]) => `${hypothesis} ${low}-${high}`)
    return `${id} (${group}): ${what.en}. P(E|H): ${judged.join(", ")}. ${reason.en}`
  })
  const content = [
    "Bands are judgement, not measurement. No probability of a culprit follows from them without priors.",
    `Hypotheses: ${file.hypotheses.map(({ id, name }) => `${id}: ${name.en}`).join("; ")}.`,
    ...evidence,
    `Chance that the whole body misleads: ${file.misleading.chance}. ${file.misleading.reason.en}`,
  ]
  const note = domainObject(ownId("note", "attribution", file.case, "working"), own, {
    abstract: "Working of the weighing",
    content: content.join("\n"),
    object_refs: refs,
  })
  set.add(note)
}

/** One claim in one line, with everything that qualifies it. */
export function claimWords(claim: Claim): string {
  const values = (claim.values ?? []).map(({ amount, unit, approximate, priceDate }) => {
    const priced = priceDate === undefined ? "" : `, price date ${priceDate ?? "not stated"}`
    return `${approximate ? "about " : ""}${amount} ${unit}${priced}`
  })
  const parts = [
    `${claim.claimant}, ${claim.date}: ${claim.says.en}`,
    ...(claim.stance === undefined ? [] : [`stance: ${claim.stance}`]),
    ...(claim.certainty === undefined ? [] : [`certainty in its words: "${claim.certainty}"`]),
    ...values,
    ...(claim.quote === undefined ? [] : [`in its words: "${claim.quote.text}"`]),
    `graded ${claim.grade}`,
    ...claim.derivedFrom.map(({ claim: id, how, verified, restsOn }) => {
      return `repeats ${id} (${how}${verified ? "" : ", not verified"}: ${restsOn.en})`
    }),
    ...claim.revises.map(id => `changes ${id}`),
    ...claim.disputes.map(id => `disputes ${id}`),
    ...claim.corrections.map(({ verbatim, instead }) => `known slip: "${verbatim}", should be "${instead}"`),
    ...(claim.note === undefined ? [] : [claim.note.en]),
    ...(claim.unverified === undefined ? [] : [`not verified: ${claim.unverified.en}`]),
  ]
  return parts.join("; ")
}
