import type { Stance } from "../attribution/claim.ts"
import type { Cause, Priced, VictimKind } from "../attribution/incident.ts"
import type { Grouping } from "../attribution/incident-group.ts"
import type { SumVerdict } from "../attribution/incident-sum.ts"

const kinds: Readonly<Record<VictimKind, string>> = {
  exchange: "exchange",
  bridge: "bridge",
  wallet: "wallet",
  payments: "payments",
  gambling: "gambling",
  "decentralised-exchange": "decentralised exchange",
}

const causes: Readonly<Record<Cause, string>> = {
  "keys-taken": "keys taken",
  "malware-mail": "mail with malware",
  "social-engineering": "people deceived",
  "signers-deceived": "signers shown something else",
  "supplier-breached": "supplier breached",
  "software-fault": "fault of the software",
  insider: "insider",
  "account-data-taken": "account data taken",
  unknown: "not known",
}

const priced: Readonly<Record<Priced, string>> = {
  theft: "at prices of the theft",
  disclosure: "at prices of the disclosure",
  publication: "at prices of a later publication",
  unstated: "price date not stated",
}

const stances: Readonly<Record<Stance, string>> = {
  asserted: "asserted",
  possible: "called possible",
  weakened: "weakened",
  omitted: "not named where it could be",
  denied: "denied",
}

const by: Readonly<Record<Grouping, string>> = {
  actor:
    "Who is said to have done it. Each heading is a word that claimants use, not a finding of this program",
  year: "By year",
  country: "By country of the victim, by somebody's word",
  cause: "By how it is said to have been done",
}

const verdicts: Readonly<Record<SumVerdict, (unit: string) => string>> = {
  exact: () => "Reproduced: the parts add up to the stated total.",
  rounded: unit => `Not reproduced exactly: the parts add up to it only once rounded to ${unit}.`,
  "parts-missing": () => "Cannot be reproduced: it counts members that nobody names.",
  off: () => "Cannot be reproduced: the named parts do not add up to it.",
}

export const incidentsEn = {
  intro: (count: number): string =>
    `${count} ${count === 1 ? "theft" : "thefts"}. Every figure and every name is somebody's claim; nothing here is a finding of this program.`,
  none: "No theft of the register fits.",
  kinds,
  causes,
  priced,
  stances,
  by,
  verdicts,
  disclosed: "(day of the disclosure)",
  saidToBe: "said to have done it",
  nobodyNamed: "nobody is named",
  noClaim: "nothing is said of it",
  disputed: "disputed: other claims name somebody else, or doubt it",
  copy: (of: string): string => `repeats ${of}`,
  notVerified: "not verified",
  slip: "known slip",
  sums: "Sums (each currency and price basis by itself; nothing is converted; least to most of the claims)",
  assetSums: "Assets (least to most of the claims)",
  thefts: (count: number): string => (count === 1 ? "1 theft" : `${count} thefts`),
  without: (ids: string): string => `no such figure: ${ids}`,
  leftOut: "Left out of every sum",
  unverifiedFigures: "not verified at their source",
  slips: "known slips of a source",
  to: "to",
  stated: "as stated",
  partsTotal: "sum of the parts",
  difference: "difference",
  notCounted: "not counted",
  statedBy: "stated by",
  sources: "Sources",
  unnamed: "not named",
  unverifiedParts: 'Parts marked "not verified" were not read where they are said to come from.',
  help: `ashiato incidents [--by actor|year|country|cause] [--actor A] [--year Y] [--country C]
ashiato incidents --sum ID

The register of thefts from exchanges and other custodians: what is said to be gone, how, from whom, and who is said
to have done it, each with its claimant and source. Where claims differ the range from least to most is shown. Money
is never converted; sums keep currencies and price dates apart. What was not verified at its source is in no sum.

What to list
  --by actor              under each name that somebody gives, with who gives it (a name is a claim, not a finding)
  --by year|country|cause under each year, country of the victim, or way it is said to have been done
  --actor A               only where a claim has A in the name of who did it, as the claimant writes it
  --year Y                only of this year
  --country C             only of victims said to have been in this country (two letters: KR, JP)
  --sum ID                what a published total is made of, added up (un-571, group-ib-882, joint-2025)
  --register DIR          another register than the bundled one: JSON files as in cases/incidents
What to print
  --json                  ashiato/incidents/1, or ashiato/incident-sum-check/1 with --sum
  --csv                   every claim as a row
  --stix FILE             the listed thefts as a STIX 2.1 bundle
  --misp FILE             the listed thefts as a MISP event
  --lang en|ja            language (default: from the locale)

Examples
  ashiato incidents
  ashiato incidents --by actor --year 2018
  ashiato incidents --sum un-571
  ashiato incidents --country KR --csv
`,
}

export type IncidentMessages = typeof incidentsEn
