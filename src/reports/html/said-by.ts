import type { SaidBy, ShownClaim } from "../../contracts/attribute.ts"
import { attributeMessages } from "../../messages/attribute.ts"
import type { Context } from "./context.ts"
import { inLanguage } from "./context.ts"
import { linkable } from "./escape.ts"
import { type Html, html, joined, type Piece } from "./markup.ts"
import { code } from "./show.ts"
import { table } from "./table.ts"

/** Amounts have a section of their own; a known error of attribution is no claim on this case. */
const ASPECTS: readonly ShownClaim["aspect"][] = ["attribution", "link"]

/** Who is said to have done it, by whom, and from whom each has it. No ratio, no chance: those are never in a report. */
export function saidBySection(context: Context): Html | null {
  const { saidBy } = context.input
  if (saidBy === undefined) return null
  const say = attributeMessages(context.language).saidBy
  const claims = saidBy.claims.filter(({ aspect }) => ASPECTS.includes(aspect))
  return html`<p>${say.lead}</p>
${rootsTable(saidBy, claims, context)}${timeTable(saidBy, claims, context)}<p>${say.working(saidBy.case)}</p>`
}

function rootsTable(saidBy: SaidBy, claims: readonly ShownClaim[], context: Context): Html {
  const say = attributeMessages(context.language).saidBy
  const rows = claims
    .filter(({ isCopy }) => !isCopy)
    .flatMap(root => [root, ...claims.filter(({ isCopy, roots }) => isCopy && roots.includes(root.id))])
    .map(claim => [
      html`${claim.isCopy ? "\u21b3 " : null}${code(claim.id)}`,
      claim.claimant,
      html`${inLanguage(claim.says, context)}${remarks(saidBy, claim, context)}`,
      code(claim.grade),
      sourcesOf(saidBy, claim),
    ])
  const columns = [say.claim, say.who, say.says, say.grade, say.source].map(head => ({ head }))
  return table(say.claimsCaption, columns, [{ rows }])
}

/** Where it comes from, how sure that is, its own words, its errors, and what nobody has checked. */
function remarks({ derivations }: SaidBy, claim: ShownClaim, context: Context): Piece {
  const say = attributeMessages(context.language)
  const notes: Piece[] = derivations
    .filter(({ copy }) => copy === claim.id)
    .map(({ copy, of, how, extent, verified, restsOn }) => {
      const told = say.derivation(copy, say.sureness[how], of, extent === "part")
      return `${told} (${verified ? say.verified : say.unverified})${say.semicolon}${say.restsOn(inLanguage(restsOn, context))}`
    })
  const { certainty, quote, corrections, revises, disputes, note, unverified } = claim
  if (certainty !== undefined) notes.push(`${say.inItsWords}${say.colon}${say.quote(certainty, null)}`)
  if (quote !== undefined) notes.push(say.quote(quote.text, quote.via ?? null))
  if (revises.length > 0) notes.push(say.revises(revises.join(say.comma)))
  if (disputes.length > 0) notes.push(say.disputes(disputes.join(say.comma)))
  for (const { verbatim, instead, why } of corrections)
    notes.push(say.correction(verbatim, instead, inLanguage(why, context)))
  if (note !== undefined) notes.push(inLanguage(note, context))
  if (unverified !== undefined) notes.push(`${say.unverified}${say.colon}${inLanguage(unverified, context)}`)
  return notes.map(one => html`<div class="note">${one}</div>`)
}

/** Oldest first; a day that is not known stands at the start of its month or year. */
function timeTable({ hypotheses }: SaidBy, claims: readonly ShownClaim[], context: Context): Html {
  const say = attributeMessages(context.language)
  const nameOf = (id: string | undefined): Piece => {
    const found = hypotheses.find(hypothesis => hypothesis.id === id)
    return found === undefined ? "" : inLanguage(found.name, context)
  }
  const rows = claims
    .filter(({ stance }) => stance !== undefined)
    .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
    .map(({ id, date, published, claimant, hypothesis, stance, isCopy, derivedFrom }) => [
      html`<span class="nb">${date}</span>${published === undefined ? null : html`<div class="note">${say.published(published)}</div>`}`,
      html`${claimant} ${code(id)}${isCopy ? html`<div class="note">${say.copyOf(derivedFrom.map(({ claim }) => claim).join(say.comma))}</div>` : null}`,
      nameOf(hypothesis),
      stance === undefined ? "" : say.stances[stance],
    ])
  const columns = [say.saidBy.date, say.saidBy.who, say.saidBy.of, say.saidBy.stance].map(head => ({ head }))
  return table(say.saidBy.timeCaption, columns, [{ rows }])
}

function sourcesOf({ sources }: SaidBy, claim: ShownClaim): Piece {
  const pieces = claim.sources.map(id => {
    const source = sources.find(one => one.id === id)
    if (source === undefined) return id
    const href = source.url === null ? null : linkable(source.url)
    return href === null
      ? source.title
      : html`<a href="${href}" rel="noopener noreferrer">${source.title}</a>`
  })
  return joined(pieces, html`<br>`)
}
