import type { CasePrice } from "../../casefile/case.ts"
import type { AssetAnswer } from "../../contracts/trace.ts"
import { type Bucket, PLACES_OF_VALUE, SOURCES_OF_VALUE } from "../../ledger/vocabulary.ts"
import { formatAmount } from "../../units/amount.ts"
import { spread } from "./agreement.ts"
import { type Context, conservingOf, inLanguage } from "./context.ts"
import { type Html, html, type Piece } from "./markup.ts"
import { amount, citations, coinsText } from "./show.ts"
import { table } from "./table.ts"
import { rounded, worth } from "./worth.ts"

/** What the figures are worth at the prices that the case has a source for; of no source, no price. */
export function pricesSection(context: Context): Html {
  const { input, text } = context
  const tables = input.trace.answers.map(answer => {
    const prices = (input.caseFile?.prices ?? []).filter(({ asset }) => asset === answer.asset)
    if (prices.length === 0) return html`<p>${text.prices.none(answer.asset)}</p>\n`
    return conservingOf(answer).length === 0
      ? html`<p>${text.prices.noRule(answer.asset)}</p>\n`
      : priced(answer, prices, context)
  })
  return html`<p>${text.prices.lead}</p>\n${tables}`
}

function priced(answer: AssetAnswer, prices: readonly CasePrice[], context: Context): Html {
  const { text } = context
  const valued = (value: bigint): readonly Piece[] =>
    prices.map(price => {
      const exact = worth(value, answer.decimals, price)
      return exact === null
        ? text.prices.unusable
        : text.prices.money[price.currency](formatAmount(rounded(exact), 0))
    })
  const rows = figuresOf(answer, context).map(({ name, value }) => [
    name,
    amount(value, answer.asset, context),
    ...valued(value),
  ])
  const columns = [
    { head: text.columns.figure },
    { head: answer.asset, numeric: true },
    ...prices.map(price => ({ head: html`${price.currency}<br>${price.date}`, numeric: true })),
  ]
  return html`${table(text.prices.caption(answer.asset), columns, [{ rows }])}${basis(answer, prices, context)}`
}

/** One line for a figure that the rules agree on, else one for each rule; nothing for what is 0 under all. */
function figuresOf(
  answer: AssetAnswer,
  { text }: Context,
): readonly { readonly name: string; readonly value: bigint }[] {
  const buckets: readonly Bucket[] = [...SOURCES_OF_VALUE, ...PLACES_OF_VALUE]
  return buckets.flatMap(bucket => {
    const both = spread(answer, bucket)
    if (both === null || both.most === 0n) return []
    if (both.least === both.most) return [{ name: text.buckets[bucket], value: both.most }]
    return conservingOf(answer).map(([rule, { total }]) => ({
      name: text.prices.underRule(text.buckets[bucket], text.rules.names[rule]),
      value: BigInt(total[bucket]),
    }))
  })
}

function basis(answer: AssetAnswer, prices: readonly CasePrice[], context: Context): Html {
  const { text } = context
  const rows = prices.map(price => [
    html`<span class="nb">${price.currency} ${price.date}</span>`,
    price.price !== undefined
      ? text.prices.each(grouped(price.price), price.currency, answer.asset)
      : price.total !== undefined && price.of !== undefined
        ? text.prices.total(grouped(price.total), price.currency, coinsText(price.of, answer.asset, context))
        : text.prices.unusable,
    inLanguage(price.note, context),
    citations(price.sources, context),
  ])
  const columns = [text.columns.price, text.prices.basis, text.columns.note, text.columns.sources].map(
    head => ({ head }),
  )
  return table(text.prices.basisCaption(answer.asset), columns, [{ rows }])
}

/** As published, with its whole part in groups of three. */
const grouped = (decimal: string): string =>
  decimal.replace(/^\d+/, whole => whole.replace(/\B(?=(\d{3})+$)/g, ","))
