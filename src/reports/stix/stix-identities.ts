import { ownId, type StixId } from "./stix-id.ts"
import { domainObject, type StixSet } from "./stix-object.ts"

/** This program, which puts the bundle together and asserts nothing of its own. */
export function ownIdentity(set: StixSet): StixId {
  const id = ownId("identity", "ashiato")
  return set.add(
    domainObject(id, null, {
      name: "Ashiato",
      description:
        "Collects published claims about thefts of crypto-assets. It names nobody; each claim is its claimant's.",
      identity_class: "system",
    }),
  )
}

/** Whoever makes a claim, by name as the record has it. */
export function claimantIdentity(set: StixSet, name: string): StixId {
  const id = ownId("identity", "claimant", name)
  return set.add(domainObject(id, null, { name, identity_class: "unspecified" }))
}

export function victimIdentity(set: StixSet, name: string, countries: readonly string[]): StixId {
  const id = ownId("identity", "victim", name)
  return set.add(
    domainObject(id, null, {
      name,
      identity_class: "organization",
      sectors: ["financial-services"],
      ...(countries.length === 0
        ? {}
        : { description: `Said to have been in: ${countries.join(", ")} (ISO 3166-1).` }),
    }),
  )
}

/**
 * Somebody who is said to have done it, by one claimant. The claimant is part of the id: the same word in two mouths
 * need not mean the same people, and two words are never merged.
 */
export function saidActor(set: StixSet, actor: string, claimant: string): StixId {
  const id = ownId("intrusion-set", actor, claimant)
  return set.add(
    domainObject(id, claimantIdentity(set, claimant), {
      name: actor,
      description: `A name used by ${claimant}; whom it covers is the claimant's to say. Not merged with names of others.`,
    }),
  )
}
