import { achScores } from "../attribution/ach.ts"
import { derivationId } from "../attribution/claim.ts"
import { type Body, type Change, NO_CHANGE } from "../attribution/evidence.ts"
import { compare, type Fraction, inverse, ONE } from "../attribution/fraction.ts"
import { posteriors } from "../attribution/posterior.ts"
import { findRoots } from "../attribution/roots.ts"
import { type Move, mostMoving, movesOf } from "../attribution/sensitivity.ts"
import { chanceOf, supportOf } from "../attribution/verbal.ts"
import { idleItems, type PairAnswer, weigh } from "../attribution/weigh.ts"
import { bodyOf, gradeOf } from "../casefile/attribution-body.ts"
import type { AttributionFile } from "../casefile/attribution-file.ts"
import {
  ATTRIBUTE_SCHEMA,
  type AttributeDocument,
  type SaidBy,
  type ShownClaim,
  type ShownDerivation,
  type ShownEvidence,
  type ShownMove,
  type ShownPair,
  type ShownPosterior,
} from "../contracts/attribute.ts"
import { Problem } from "../units/problem.ts"
import { numberOf, spanOf } from "./attribute-numbers.ts"

export interface AttributeInquiry {
  readonly file: AttributionFile
  readonly input: AttributeDocument["input"]
  readonly without: readonly string[]
  /** Of every hypothesis, summing to 1; null where no posterior is asked for. */
  readonly priors: ReadonlyMap<string, Fraction> | null
  readonly method: AttributeDocument["method"]
}

/**
 * Weighs what is said of a case.
 *
 * @throws Problem `without-unknown`
 */
export function attributeCase({ file, input, without, priors, method }: AttributeInquiry): AttributeDocument {
  const change = changeOf(file, without)
  const body = bodyOf(file, change.without)
  const answers = weigh(body, change)
  const moves = movesOf(body, change, answers)
  const idle = idleItems(body, change)
  const matrix = achScores(
    body.hypotheses,
    body.evidence.filter(({ id }) => !idle.has(id)),
  )
  return {
    schema: ATTRIBUTE_SCHEMA,
    case: file.case,
    about: file.about,
    read: file.read,
    input,
    method,
    without,
    hypotheses: shownHypotheses(file),
    sources: file.sources,
    claims: shownClaims(file, change),
    derivations: shownDerivations(file, change),
    groups: file.groups,
    evidence: shownEvidence(file, body, change),
    misleading: {
      chance: file.misleading.chance,
      most: numberOf(inverse(body.misleading), "up"),
      reason: file.misleading.reason,
    },
    pairs: answers.map(answer => shownPair(answer, matrix)),
    moves: moves.map(shownMove),
    mostMoving: {
      known: mostMoving(moves.filter(({ kind }) => kind === "item"))?.id ?? null,
      open: mostMoving(moves.filter(({ kind }) => kind === "open"))?.id ?? null,
    },
    matrix,
    posterior: priors === null ? null : shownPosteriors(priors, answers),
  }
}

function changeOf(file: AttributionFile, without: readonly string[]): Change {
  const known = new Set([
    ...[...file.claims, ...file.evidence, ...file.groups].map(({ id }) => id),
    ...file.claims.flatMap(({ id, derivedFrom }) => derivedFrom.map(({ claim }) => derivationId(id, claim))),
  ])
  for (const id of without) if (!known.has(id)) throw new Problem("without-unknown", { id })
  return { ...NO_CHANGE, without: new Set(without) }
}

/** The claims of a file for a case report, weighing nothing. */
export function saidByOf(file: AttributionFile): SaidBy {
  return {
    case: file.case,
    hypotheses: shownHypotheses(file),
    sources: file.sources,
    claims: shownClaims(file, NO_CHANGE),
    derivations: shownDerivations(file, NO_CHANGE),
  }
}

const shownHypotheses = ({ hypotheses }: AttributionFile): SaidBy["hypotheses"] =>
  hypotheses.map(({ id, name, other }) => ({ id, name, other: other === true }))

/** The claims of a file with where they go back to. */
function shownClaims({ claims }: AttributionFile, { without }: Change): readonly ShownClaim[] {
  const roots = findRoots(claims, without)
  return claims.map(claim => ({
    ...claim,
    roots: roots.rootsOf(claim.id),
    isCopy: roots.isCopy(claim.id),
    removed: without.has(claim.id),
  }))
}

function shownDerivations({ claims }: AttributionFile, { without }: Change): readonly ShownDerivation[] {
  return claims.flatMap(({ id, derivedFrom }) =>
    derivedFrom.map(({ claim, how, extent, verified, restsOn }) => {
      const name = derivationId(id, claim)
      return { id: name, copy: id, of: claim, how, extent, verified, restsOn, holds: !without.has(name) }
    }),
  )
}

function shownEvidence(
  file: AttributionFile,
  { evidence }: Body,
  { without }: Change,
): readonly ShownEvidence[] {
  return file.evidence.map((record, at) => {
    const { id, what, group, claims, overlap, bands, consistency, reason } = record
    const reliability = numberOf(evidence[at]?.reliability ?? ONE, "down")
    const known = record.ifFound === undefined
    const grade = gradeOf(record, file, without)
    return { id, what, group, claims, known, grade, reliability, overlap, bands, consistency, reason }
  })
}

function shownPair(answer: PairAnswer, matrix: AttributeDocument["matrix"]): ShownPair {
  const { for: one, against: other, items, product, capped } = answer
  const support = (end: Fraction) => {
    const { support: word, of } = supportOf(end)
    return { word, of: of === null ? null : of === "for" ? one : other }
  }
  const leaning = {
    matrix: leaningOf(matrix, one, other),
    ratio: compare(capped.low, ONE) > 0 ? one : compare(capped.high, ONE) < 0 ? other : null,
  }
  return {
    for: one,
    against: other,
    items: items.map(({ id, standing, raw, discounted, counted }) => ({
      id,
      standing,
      raw: spanOf(raw),
      discounted: spanOf(discounted),
      counted: spanOf(counted),
    })),
    product: spanOf(product),
    ratio: spanOf(capped),
    support: { low: support(capped.low), high: support(capped.high) },
    leaning: {
      ...leaning,
      opposed: leaning.matrix !== null && leaning.ratio !== null && leaning.matrix !== leaning.ratio,
    },
  }
}

/** The one of two that the evidence is less inconsistent with; null where they are alike. */
function leaningOf(matrix: AttributeDocument["matrix"], one: string, other: string): string | null {
  const of = (id: string): number => matrix.find(({ hypothesis }) => hypothesis === id)?.inconsistency ?? 0
  const difference = of(one) - of(other)
  return difference === 0 ? null : difference < 0 ? one : other
}

const shownMove = ({ kind, id, ratios, factor }: Move): ShownMove => ({
  kind,
  id,
  ratios: ratios.map(spanOf),
  factor: numberOf(factor, "up"),
})

function shownPosteriors(
  priors: ReadonlyMap<string, Fraction>,
  answers: readonly PairAnswer[],
): readonly ShownPosterior[] {
  return posteriors(priors, answers).map(({ hypothesis, prior, low, high }) => ({
    hypothesis,
    prior: numberOf(prior, "down").exact,
    low: numberOf(low, "down"),
    high: numberOf(high, "up"),
    lowWord: chanceOf(low),
    highWord: chanceOf(high),
  }))
}
