import { reliabilityOf } from "../attribution/admiralty.ts"
import type { Body, Evidence } from "../attribution/evidence.ts"
import { type Fraction, parseDecimal } from "../attribution/fraction.ts"
import { Problem } from "../units/problem.ts"
import type { AttributionFile, EvidenceRecord } from "./attribution-file.ts"

/**
 * What a checked file holds to be weighed.
 *
 * @param without what is taken out: an item is graded by the first of its claims that is left
 */
export function bodyOf(file: AttributionFile, without: ReadonlySet<string>): Body {
  return {
    hypotheses: file.hypotheses.map(({ id }) => id),
    claims: file.claims,
    evidence: file.evidence.map(record => evidenceOf(record, file, without)),
    misleading: decimal(file.misleading.chance),
  }
}

function evidenceOf(record: EvidenceRecord, file: AttributionFile, without: ReadonlySet<string>): Evidence {
  const { id, group, claims, overlap, bands, consistency } = record
  return {
    id,
    group,
    claims,
    reliability: reliabilityOf(gradeOf(record, file, without)),
    overlap: decimal(overlap),
    bands: new Map(
      Object.entries(bands).map(([hypothesis, [low, high]]) => [
        hypothesis,
        { low: decimal(low), high: decimal(high) },
      ]),
    ),
    consistency: new Map(Object.entries(consistency)),
    known: record.ifFound === undefined,
  }
}

/** The grade of the first claim left that an item rests on, or the one that an open fact would have. */
export function gradeOf(
  { id, claims, ifFound }: EvidenceRecord,
  file: AttributionFile,
  without: ReadonlySet<string>,
): string {
  const first = claims.find(claim => !without.has(claim)) ?? claims[0]
  const grade = ifFound?.grade ?? file.claims.find(claim => claim.id === first)?.grade
  if (grade === undefined) throw new Problem("case-reference", { path: id, what: "claim", id: first ?? "" })
  return grade
}

function decimal(text: string): Fraction {
  const value = parseDecimal(text)
  if (value === null) throw new Problem("amount-malformed", { value: text })
  return value
}
