import { compare, ONE, parseDecimal } from "../attribution/fraction.ts"
import { QUOTE_WORDS, wordsOf } from "../attribution/quote-words.ts"
import { findRoots } from "../attribution/roots.ts"
import { Problem, type Where } from "../units/problem.ts"
import type { ActorsFile } from "./attribution-actors.ts"
import type { AttributionFile, EvidenceRecord } from "./attribution-file.ts"

type Path = readonly (string | number)[]
type WhereIs = (path: Path) => Where

/**
 * Checks an attribution file against itself: ids, references, circles, bands and quotes.
 *
 * @throws Problem `case-duplicate`, `case-reference`, `hypotheses-without-other`, `claim-circle`, `band-wrong`,
 * `band-missing` or `quote-too-long`, each naming the record
 */
export function checkAttribution(file: AttributionFile, whereIs: WhereIs): void {
  const sources = uniqueIds([["sources", file.sources]], whereIs)
  const hypotheses = uniqueIds([["hypotheses", file.hypotheses]], whereIs)
  // One name space, because --without names any of them.
  uniqueIds(
    [
      ["claims", file.claims],
      ["evidence", file.evidence],
      ["groups", file.groups],
    ],
    whereIs,
  )
  const claims = new Set(file.claims.map(({ id }) => id))
  const groups = new Set(file.groups.map(({ id }) => id))
  if (file.hypotheses.filter(({ other }) => other === true).length !== 1)
    throw new Problem("hypotheses-without-other", {}, whereIs(["hypotheses"]))
  const known = knownIn(whereIs)
  for (const [index, claim] of file.claims.entries()) {
    const path = ["claims", index]
    for (const [at, id] of claim.sources.entries()) known(sources, id, "source", [...path, "sources", at])
    for (const [at, { claim: id }] of claim.derivedFrom.entries())
      known(claims, id, "claim", [...path, "derivedFrom", at, "claim"])
    for (const list of ["revises", "disputes"] as const)
      for (const [at, id] of claim[list].entries()) known(claims, id, "claim", [...path, list, at])
    if (claim.hypothesis !== undefined)
      known(hypotheses, claim.hypothesis, "hypothesis", [...path, "hypothesis"])
    const words = claim.quote === undefined ? 0 : wordsOf(claim.quote.text)
    if (words >= QUOTE_WORDS)
      throw new Problem(
        "quote-too-long",
        { id: claim.id, words, most: QUOTE_WORDS },
        whereIs([...path, "quote"]),
      )
  }
  findRootsIn(file, whereIs)
  for (const [index, record] of file.evidence.entries()) {
    const path = ["evidence", index]
    known(groups, record.group, "group", [...path, "group"])
    for (const [at, id] of record.claims.entries()) known(claims, id, "claim", [...path, "claims", at])
    checkJudged(record, hypotheses, path, whereIs)
  }
}

function findRootsIn(file: AttributionFile, whereIs: WhereIs): void {
  try {
    findRoots(file.claims)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const index = file.claims.findIndex(({ id }) => id === error.detail.id)
    throw error.at(whereIs(["claims", index, "derivedFrom"]))
  }
}

function checkJudged(
  { id, bands, consistency }: EvidenceRecord,
  hypotheses: ReadonlySet<string>,
  path: Path,
  whereIs: WhereIs,
): void {
  const known = knownIn(whereIs)
  for (const list of ["bands", "consistency"] as const) {
    const judged = list === "bands" ? bands : consistency
    for (const hypothesis of Object.keys(judged))
      known(hypotheses, hypothesis, "hypothesis", [...path, list, hypothesis])
    for (const hypothesis of hypotheses)
      if (!Object.hasOwn(judged, hypothesis))
        throw new Problem("band-missing", { id, what: list, hypothesis }, whereIs([...path, list]))
  }
  for (const [hypothesis, [lowText, highText]] of Object.entries(bands)) {
    const [low, high] = [parseDecimal(lowText), parseDecimal(highText)]
    const holds =
      low !== null && high !== null && high.n > 0n && compare(high, ONE) <= 0 && compare(low, high) <= 0
    if (!holds) {
      const band = `[${lowText}, ${highText}]`
      throw new Problem("band-wrong", { id, hypothesis, band }, whereIs([...path, "bands", hypothesis]))
    }
  }
}

/** @throws Problem `case-duplicate` or `case-reference` */
export function checkActors(file: ActorsFile, whereIs: WhereIs): void {
  const sources = uniqueIds([["sources", file.sources]], whereIs)
  const names = uniqueIds([["names", file.names]], whereIs)
  const known = knownIn(whereIs)
  for (const list of ["names", "overlaps"] as const)
    for (const [index, item] of file[list].entries())
      for (const [at, id] of item.sources.entries())
        known(sources, id, "source", [list, index, "sources", at])
  for (const [index, overlap] of file.overlaps.entries())
    for (const end of ["name", "with"] as const) known(names, overlap[end], "name", ["overlaps", index, end])
}

function knownIn(whereIs: WhereIs) {
  return (ids: ReadonlySet<string>, id: string, what: string, path: Path): void => {
    if (!ids.has(id)) throw new Problem("case-reference", { path: path.join("."), what, id }, whereIs(path))
  }
}

function uniqueIds(
  lists: readonly (readonly [string, readonly { readonly id: string }[]])[],
  whereIs: WhereIs,
): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const [list, items] of lists)
    for (const [index, { id }] of items.entries()) {
      const path = [list, index, "id"]
      if (ids.has(id)) throw new Problem("case-duplicate", { path: path.join("."), id }, whereIs(path))
      ids.add(id)
    }
  return ids
}
