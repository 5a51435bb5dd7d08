import { ASPECTS, type Claim, type Incident } from "../attribution/incident.ts"
import type { PublishedSum } from "../attribution/incident-sum.ts"
import { QUOTE_WORDS, wordsOf } from "../attribution/quote-words.ts"
import { Problem, type Where } from "../units/problem.ts"
import { readDocument } from "./read-case.ts"

type Path = readonly (string | number)[]
type WhereIs = (path: Path) => Where

/**
 * Reads one incident of a register: its form against the published schema, then itself against itself.
 *
 * @throws Problem `json-malformed`, `json-expected`, `case-duplicate`, `case-reference`, `claim-circle` or
 * `quote-too-long`, with line and column
 */
export function readIncident(text: string, schema: object): Incident {
  const { document, whereIs } = readDocument<Incident>(text, schema)
  const sources = uniqueIds(["sources"], document.sources, whereIs)
  checkSources(["date"], document.date.sources, sources, whereIs)
  for (const aspect of ASPECTS) checkClaims([aspect], document[aspect], sources, whereIs)
  return document
}

/** @throws Problem as `readIncident`; also for a part that the register does not have */
export function readPublishedSum(text: string, schema: object, register: readonly Incident[]): PublishedSum {
  const { document, whereIs } = readDocument<PublishedSum>(text, schema)
  const sources = uniqueIds(["sources"], document.sources, whereIs)
  checkClaims(["statements"], document.statements, sources, whereIs)
  for (const [at, { incident: id, value }] of document.parts.entries()) {
    const incident = register.find(one => one.id === id)
    if (incident === undefined) throw unknown(["parts", at, "incident"], "incident", id, whereIs)
    const claim = incident.values.find(one => one.id === value)
    if (value !== null && claim?.currency !== document.currency)
      throw unknown(["parts", at, "value"], "value", value, whereIs)
  }
  return document
}

function checkClaims(
  path: Path,
  claims: readonly Claim[],
  sources: ReadonlySet<string>,
  whereIs: WhereIs,
): void {
  const own = uniqueIds(path, claims, whereIs)
  for (const [at, claim] of claims.entries()) {
    const here = [...path, at]
    checkSources(here, claim.sources, sources, whereIs)
    for (const [n, id] of (claim.revises ?? []).entries())
      if (!own.has(id)) throw unknown([...here, "revises", n], "claim", id, whereIs)
    for (const [n, { claim: id }] of (claim.derivedFrom ?? []).entries())
      if (!own.has(id)) throw unknown([...here, "derivedFrom", n, "claim"], "claim", id, whereIs)
    const words = claim.quote === undefined ? 0 : wordsOf(claim.quote)
    if (words >= QUOTE_WORDS)
      throw new Problem(
        "quote-too-long",
        { id: claim.id, words, most: QUOTE_WORDS },
        whereIs([...here, "quote"]),
      )
  }
  refuseCircles(path, claims, whereIs)
}

/** Takes away, again and again, the claims that repeat none of those left; what then remains goes in circles. */
function refuseCircles(path: Path, claims: readonly Claim[], whereIs: WhereIs): void {
  let left = claims
  for (;;) {
    const ids = new Set(left.map(({ id }) => id))
    const next = left.filter(({ derivedFrom = [] }) => derivedFrom.some(({ claim }) => ids.has(claim)))
    if (next.length === left.length) break
    left = next
  }
  const [first] = left
  if (first === undefined) return
  const ids = new Map(left.map(claim => [claim.id, claim]))
  const trail = [first.id]
  for (let at: Claim | undefined = first; at !== undefined; ) {
    const parent: string | undefined = at.derivedFrom?.find(({ claim }) => ids.has(claim))?.claim
    if (parent === undefined) return
    const met = trail.indexOf(parent)
    if (met >= 0) {
      const circle = [...trail.slice(met), parent].join(" > ")
      const index = claims.findIndex(({ id }) => id === parent)
      throw new Problem("claim-circle", { id: parent, circle }, whereIs([...path, index, "derivedFrom"]))
    }
    trail.push(parent)
    at = ids.get(parent)
  }
}

function checkSources(
  path: Path,
  named: readonly string[],
  sources: ReadonlySet<string>,
  whereIs: WhereIs,
): void {
  for (const [at, id] of named.entries())
    if (!sources.has(id)) throw unknown([...path, "sources", at], "source", id, whereIs)
}

function uniqueIds(
  path: Path,
  items: readonly { readonly id: string }[],
  whereIs: WhereIs,
): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const [at, { id }] of items.entries()) {
    const here = [...path, at, "id"]
    if (ids.has(id)) throw new Problem("case-duplicate", { path: here.join("."), id }, whereIs(here))
    ids.add(id)
  }
  return ids
}

function unknown(path: Path, what: string, id: string, whereIs: WhereIs): Problem {
  return new Problem("case-reference", { path: path.join("."), what, id }, whereIs(path))
}
