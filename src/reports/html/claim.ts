import type { CaseTheft } from "../../casefile/case.ts"
import type { AssetAnswer } from "../../contracts/trace.ts"
import { PLACES_OF_VALUE } from "../../ledger/vocabulary.ts"
import { sidesOf, spread } from "./agreement.ts"
import { type Context, conservingOf, inLanguage } from "./context.ts"
import { type Html, html, joined, type Piece } from "./markup.ts"
import { citations, code, coinsText, gradeMark, showTime } from "./show.ts"

/** What is claimed to be stolen, by whose word, and in a sentence where it is. */
export function claimSection(context: Context): Html {
  const { input, text } = context
  const { trace, caseFile } = input
  const summary = caseFile === null ? null : html`<p>${inLanguage(caseFile.summary, context)}</p>`
  const facts: (readonly [string, Piece])[] = [
    [text.claim.declared, trace.answers.filter(hasThefts).map(answer => declaredLine(answer, context))],
    [text.claim.byWord, claims(context)],
    [text.claim.chain, trace.chain ?? caseFile?.chain ?? text.claim.noChain],
    [text.claim.horizon, horizon(context)],
    [
      text.claim.rules,
      rulesAsked(context)
        .map(rule => text.rules.names[rule])
        .join(text.comma),
    ],
    [text.claim.complete, trace.complete ? text.claim.isComplete : text.claim.isNotComplete],
  ]
  return html`${summary}
<div class="verdict">${trace.answers.map(answer => verdict(answer, context))}${poisonNote(context)}</div>
<dl class="facts">${facts.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>\n`)}</dl>
`
}

const hasThefts = ({ thefts }: AssetAnswer): boolean => thefts.length > 0

export function rulesAsked({ input }: Context) {
  const first = input.trace.answers[0]
  if (first === undefined) return []
  const conserving = conservingOf(first).map(([rule]) => rule)
  return first.rules.poison === undefined ? conserving : [...conserving, "poison" as const]
}

/** Each unit once, where a rule says so; under poison alone, the declared credits as they are. */
function declaredLine(answer: AssetAnswer, context: Context): Html {
  const total =
    spread(answer, "declared")?.most ??
    answer.thefts.reduce((sum, { declared }) => sum + BigInt(declared), 0n)
  return html`<p class="big">${coinsText(total, answer.asset, context)}</p>`
}

function claims(context: Context): Piece {
  const { input, text } = context
  const thefts = new Map(input.trace.answers.flatMap(({ thefts }) => thefts).map(theft => [theft.id, theft]))
  const known = new Map((input.caseFile?.thefts ?? []).map(theft => [theft.id, theft]))
  return [...thefts.values()].map(({ id, refs }) => {
    const theft = known.get(id)
    if (theft !== undefined) return claimOf(theft, context)
    return html`<p>${text.claim.noClaimant(id)} ${joined(refs.map(code), text.comma)}</p>`
  })
}

function claimOf(theft: CaseTheft, context: Context): Html {
  const note =
    theft.note === undefined ? null : html`<br><span class="note">${inLanguage(theft.note, context)}</span>`
  return html`<p><b>${inLanguage(theft.claimant, context)}</b>${context.text.colon}${inLanguage(theft.claim, context)} ${gradeMark(theft.grade, context)} ${citations(theft.sources, context)}${note}</p>`
}

function horizon(context: Context): Piece {
  const { height, hash, time } = context.input.trace.horizon
  const { text } = context
  const parts: Piece[] = []
  if (height !== null) parts.push(html`<p>${text.claim.height(String(height))}</p>`)
  if (time !== null) parts.push(html`<p>${showTime(time, context)}</p>`)
  if (hash !== null) parts.push(html`<p>${code(hash)}</p>`)
  return parts.length === 0 ? text.claim.noHorizon : parts
}

function poisonNote({ input, text }: Context): Html | null {
  const isThere = input.trace.answers.some(({ rules }) => rules.poison !== undefined)
  return isThere ? html`<p class="note">${text.claim.conservesNothing}</p>` : null
}

function verdict(answer: AssetAnswer, context: Context): Html {
  const { text } = context
  const conserving = conservingOf(answer)
  const { poison } = answer.rules
  const coins = (amount: string | bigint): string => coinsText(amount, answer.asset, context)
  if (conserving.length === 0) {
    const reached =
      poison === undefined ? null : text.claim.reach(coins(poison.reach.held), coins(poison.reach.services))
    return html`<p class="where">${reached}</p>\n`
  }
  const places = PLACES_OF_VALUE.flatMap(place => {
    const both = spread(answer, place)
    if (both === null || both.most === 0n) return []
    const amount =
      both.least === both.most ? coins(both.most) : text.claim.between(coins(both.least), coins(both.most))
    return [text.claim.places[place](amount)]
  })
  const entered = sidesOf((conserving[0] as (typeof conserving)[number])[1].total).sources
  const isExchanged = (spread(answer, "exchangedIn")?.most ?? 0n) > 0n
  const isWhole = conserving.every(([, { reconciles, total }]) => {
    const { sources, places } = sidesOf(total)
    return reconciles && sources === places
  })
  const checked = isWhole
    ? html`<p class="holds">\u2713 ${text.claim.reconciles(conserving.length, answer.asset)}</p>`
    : html`<p class="warn">\u2717 ${text.claim.doesNotReconcile(answer.asset)}</p>`
  return html`<p class="where">${text.claim.where(coins(entered), places, isExchanged)}</p>${checked}\n`
}
