import type { Aspect, Stance, Sureness } from "../attribution/claim.ts"
import type { OVERLAPS } from "../attribution/names.ts"
import type { MoveKind } from "../attribution/sensitivity.ts"
import type { Chance, Support } from "../attribution/verbal.ts"
import type { Standing } from "../attribution/weigh.ts"

const aspects: Readonly<Record<Aspect, string>> = {
  attribution: "Who is said to have done it",
  link: "Links to other thefts",
  laundering: "What became of the coins",
  amount: "How much",
  time: "When",
  control: "Known errors of attribution, as a warning",
}
const stances: Readonly<Record<Stance, string>> = {
  asserted: "asserted",
  possible: "called possible",
  weakened: "weakened",
  omitted: "left out (which denies nothing)",
  denied: "denied",
}
const sureness: Readonly<Record<Sureness, string>> = {
  stated: "says that it is derived from",
  probable: "is probably derived from",
  inferred: "is inferred to be derived from",
}
const standings: Readonly<Record<Standing, string>> = {
  strongest: "whole",
  overlapping: "overlap taken off",
  copy: "copy: nothing",
  removed: "taken out",
  open: "not known",
}
const supports: Readonly<Record<Support, string>> = {
  none: "no support either way",
  "below-scale": "less than weak support (the scale begins at 2)",
  weak: "weak support",
  moderate: "moderate support",
  "moderately-strong": "moderately strong support",
  strong: "strong support",
  "very-strong": "very strong support",
  "extremely-strong": "extremely strong support",
}
const chances: Readonly<Record<Chance, string>> = {
  "almost-no-chance": "almost no chance",
  "very-unlikely": "very unlikely",
  unlikely: "unlikely",
  "roughly-even": "roughly even chance",
  likely: "likely",
  "very-likely": "very likely",
  "almost-certain": "almost certain",
}
const moves: Readonly<Record<MoveKind, string>> = {
  group: "without the group",
  item: "without the item",
  derivation: "if not derived",
  derivations: "if no claim is derived",
  open: "if it were found",
}
const relations: Readonly<Record<(typeof OVERLAPS)[number], string>> = {
  "same-or-overlap": "the same or overlapping",
  overlap: "overlapping",
  probable: "probably overlapping",
}

/** The rules by which the numbers were made, so that a reader can make them again. */
const method = {
  judgement:
    "Grades and bands are judgements of whoever wrote this record, not measurements; no court has tested them (compare R v T [2010] EWCA Crim 2439). The program names nobody: each statement is its claimant's.",
  copies:
    "A claim that repeats another wholly is a copy. An item all of whose claims are copies weighs nothing. Taking a claim out leaves its copies copies.",
  ratio:
    "Bands: low and high of P(item | hypothesis), judged. Ratio of A to B = [low A / high B, high A / low B].",
  reliability:
    "r = letter x digit of the item's first claim, by the numbers of MISP admiralty-scale v5 (A 1, B 0.75, C 0.5, D 0.25, E 0, F 0.5; 1 1, 2 0.75, 3 0.5, 4 0.25, 5 0, 6 0.5); that they are multiplied is this program's rule.",
  discount: "Discount by r, each end: LR >= 1 becomes 1 + r (LR - 1); LR < 1 becomes 1 / (1 + r (1/LR - 1)).",
  groups:
    "In each group the item whose interval is farthest from 1 counts whole (among equals the wider, then the first); every other is discounted again by 1 - overlap. Which one that is can differ from pair to pair.",
  cap: "The ratios are multiplied. With the chance m that the whole body misleads: LR >= 1 becomes 1 / ((1 - m)/LR + m); LR < 1 becomes (1 - m) LR + m.",
  rounding: "Everything is computed exactly and printed to three digits, low ends down and high ends up.",
  words:
    "Words: ENFSI 2015 (2 weak, 10 moderate, 100 moderately strong, 1000 strong, 10,000 very strong, 1,000,000 extremely strong), verified in part; the number counts. Support is for one hypothesis relative to the other, never a probability.",
  matrix:
    "Cross-check: analysis of competing hypotheses; II counts 2, I counts 1, what fits counts nothing; items that weigh nothing are left out.",
}

export const attributeEn = {
  comma: ", ",
  colon: ": ",
  semicolon: "; ",
  title: (name: string) => `Who is said to have done it: ${name}`,
  read: (date: string) => `Sources read on ${date}.`,
  headHypotheses: "Hypotheses",
  other: "stands for somebody else or unknown",
  headClaims: "Claims by root; what repeats one stands below it and weighs nothing",
  headDerivations: "Which claim comes from which",
  headEvidence: "Working table (judged)",
  headMethod: "How it is computed",
  headPair: (one: string, other: string) => `${one} relative to ${other}`,
  headMoves: "How the answer moves",
  headMatrix: "Cross-check by inconsistency",
  headPosterior: "Under your priors, and under them alone",
  headSources: "Sources",
  headNames: "Who calls whom what",
  headConflicts: "Where the names contradict each other",
  aspects,
  stances,
  sureness,
  standings,
  supports,
  chances,
  moves,
  relations,
  method,
  says: (who: string, says: string) =>
    says.startsWith("that ") ? `${who} says ${says}` : `${who} gives ${says}`,
  copyOf: (ids: string) => `copy of ${ids}`,
  partOf: (ids: string) => `in part from ${ids}`,
  removed: "taken out",
  inItsWords: "how sure, in its own words",
  quote: (text: string, via: string | null) => (via === null ? `"${text}"` : `"${text}" (${via})`),
  values: "sums",
  approximate: "about",
  priceDateUnknown: "day of the price not said",
  priceDate: (date: string) => `price of ${date}`,
  revises: (ids: string) => `changes ${ids}`,
  disputes: (ids: string) => `disputes ${ids}`,
  correction: (wrong: string, right: string, why: string) =>
    `error in the source: "${wrong}", for "${right}": ${why}`,
  note: "note",
  unverified: "NOT VERIFIED",
  verified: "verified",
  published: (date: string) => `published ${date}`,
  derivation: (copy: string, how: string, of: string, part: boolean) =>
    `${copy} ${how} ${of}${part ? " in part" : ""}`,
  derivationOut: "taken not to hold",
  restsOn: (why: string) => `rests on: ${why}`,
  columns: {
    item: "item",
    group: "group",
    claims: "claims",
    grade: "grade",
    reliability: "r",
    overlap: "overlap",
    raw: "from bands",
    discounted: "discounted",
    standing: "counts",
    counted: "as",
    change: "change",
    factor: "moves by",
    hypothesis: "hypothesis",
    inconsistency: "inconsistency",
    prior: "your prior",
    posterior: "posterior",
    word: "in words (ICD 203)",
    name: "name",
    namer: "namer",
    since: "since",
    formerly: "formerly",
  },
  ifFound: "if found",
  reason: "judged so because",
  noHigh: "no upper end",
  span: (low: string, high: string) => `${low} to ${high}`,
  product: "product",
  misleading: (chance: string, most: string) =>
    `m = ${chance}, judged: no ratio goes above ${most} or below ${chance}`,
  afterCap: "after the cap",
  support: (low: string, high: string) => (low === high ? low : `from ${low} to ${high}`),
  supportFor: (word: string, hypothesis: string | null) =>
    hypothesis === null ? word : `${word} for ${hypothesis}`,
  undecided: "the interval holds 1, so this evidence does not decide between the two",
  asItStands: "as it stands",
  factor: (text: string) => `x${text}`,
  mostKnown: (id: string) => `Of what is known, ${id} moves the answer most.`,
  mostOpen: (id: string) => `Of what is not known, ${id} would move it most if it were found.`,
  nothingMoves: "Nothing that is known moves the answer.",
  matrixPair: (one: string, other: string, matrix: string, ratio: string) =>
    `${one} / ${other}: the matrix leans to ${matrix}, the ratio to ${ratio}`,
  neither: "neither",
  opposed: "they point opposite ways: look at the bands again",
  posteriorNote:
    "These are your priors carried through the ratios above. Others' priors give other figures; nothing of it belongs in a report.",
  posteriorRange: (low: string, high: string) => (low === high ? low : `${low} to ${high}`),
  namesNote: "An overlap is somebody's claim, never an identity; it is not passed on along a chain.",
  overlapLine: (relation: string, other: string, namer: string) =>
    `said to be ${relation} with ${other} (${namer})`,
  noName: (name: string) => `No namer in this record uses "${name}".`,
  unknownDate: "not said",
  saidBy: {
    lead: "What follows is what others say, each in its own name. This report names nobody and weighs nothing; a list that leaves a name out denies nothing. What repeats another claim stands below it and is no second witness.",
    claimsCaption: "Claims by root, with what repeats them",
    timeCaption: "How what is said has changed over time",
    claim: "Claim",
    who: "Who says it",
    says: "What it says",
    stance: "Stance",
    grade: "Grade (Admiralty)",
    date: "Date",
    of: "Of whom",
    source: "Source",
    working: (name: string) => `How this evidence is weighed, with every figure: ashiato attribute ${name}`,
  },
  help: `ashiato attribute CASE [--without ID[,ID]] [--posterior --prior H=0.1,...] [--json]
ashiato attribute --names NAME|all [--json]

Who is said to have done it, by whom, and from whom each has it; and how much the evidence is worth, with all of the
working. The program names nobody, and its bands and grades are judgements.

  CASE                    a bundled case (coincheck-2018, bybit-2025), or the path of an attribution file
  --without ID[,ID]       without these claims, items, groups or derivations (COPY/ORIGINAL)
  --posterior             what the ratios make of your own priors; needs --prior
  --prior H=0.1,...       your prior for every hypothesis, as decimals that sum to 1
  --names NAME|all        who calls an actor so, and with which names it is said to overlap
  --stix FILE             the case's record and claims as a STIX 2.1 bundle
  --misp FILE             the claims as a MISP event
  --csv FILE              the claims as CSV
  --json                  the answer as ashiato/attribute/1
  --lang en|ja            language (default: from the locale)

Examples
  ashiato attribute coincheck-2018
  ashiato attribute coincheck-2018 --without CC-UN171/CC-GIB
  ashiato attribute coincheck-2018 --without CC-ASAHI --lang ja
  ashiato attribute coincheck-2018 --posterior --prior DPRK=0.2,EECRIME=0.2,OTHER=0.6
  ashiato attribute coincheck-2018 --stix coincheck-2018.stix.json
  ashiato attribute --names TraderTraitor
`,
}

export type AttributeMessages = typeof attributeEn
