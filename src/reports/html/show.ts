import type { Grade } from "../../ledger/grade.ts"
import { formatAmount } from "../../units/amount.ts"
import { type Instant, inJst, parseInstant, type Time } from "../../units/time.ts"
import { type Context, wordFor } from "./context.ts"
import { type Html, html, joined, type Piece, trusted } from "./markup.ts"

/** An amount in whole coins, exact. What is no integer is shown as it stands rather than guessed at. */
export function amountText(amount: string | bigint, asset: string, { decimals }: Context): string {
  const known = decimals.get(asset)
  if (typeof amount === "string" && !/^\d+$/.test(amount)) return amount
  return known === undefined ? BigInt(amount).toString() : formatAmount(BigInt(amount), known)
}

export function coinsText(amount: string | bigint, asset: string, context: Context): string {
  return `${amountText(amount, asset, context)} ${asset}`
}

/** An amount for a table cell; eighteen decimals may break between groups of three, where paper is too narrow. */
export function number(text: string): Html {
  const [whole = "", fraction] = text.split(".")
  if (fraction === undefined) return html`${whole}`
  return html`${whole}.${joined(fraction.match(/.{1,3}/gu) ?? [], trusted("<wbr>"))}`
}

export const amount = (value: string | bigint, asset: string, context: Context): Html =>
  number(amountText(value, asset, context))

/** A time in UTC; in a Japanese report, in JST beside it. */
export function showTime(time: Time, context: Context): Html {
  const { text, language } = context
  if (time === null) return html`<span class="none">${text.time.unknown}</span>`
  const instants = (typeof time === "string" ? [time] : [time.from, time.to]).map(utcOf)
  const utc = stamps(instants, instants.map(inUtc), context)
  const jst =
    language === "ja"
      ? html`<br><span class="jst">${stamps(instants, instants.map(jstOf), context)}</span>`
      : null
  return html`<span class="time">${utc}${jst}</span>`
}

/** Date, time and zone; of a window the zone once, and the date once where both ends share it. */
function stamps(instants: readonly Instant[], written: readonly string[], { text }: Context): Html {
  const [from = "", to = from] = written
  const zone = from.slice(-4)
  const isOneDay = from.slice(0, 10) === to.slice(0, 10)
  const parts = written.map((stamp, index) => {
    const shown = index === 1 && isOneDay ? stamp.slice(11) : stamp
    const cut = index < written.length - 1 && shown.endsWith(zone) ? shown.slice(0, -4) : shown
    return html`<time datetime="${instants[index] ?? ""}">${cut}</time>`
  })
  return joined(parts, text.time.to)
}

/** A case may write a time in its source's zone. What cannot be read as a time is shown as it stands. */
export function utcOf(instant: Instant): Instant {
  try {
    return parseInstant(instant) ?? instant
  } catch {
    return instant
  }
}

const isReadable = (instant: Instant): boolean => !Number.isNaN(Date.parse(instant))

const inUtc = (instant: Instant): string =>
  isReadable(instant) ? `${instant.replace("T", " ").replace(/Z$/, "")} UTC` : instant

const jstOf = (instant: Instant): string => (isReadable(instant) ? inJst(instant) : instant)

export const code = (text: string): Html => html`<span class="id">${text}</span>`

/** An address whole; it has room, where hashes break wherever they must. */
export const addressCode = (address: string): Html => html`<span class="id address">${address}</span>`

/** An address whole, under what the case calls it. */
export function addressCell(address: string, { book }: Context): Html {
  const name = book.name(address)
  return html`${name === null ? null : html`<span class="name">${name}</span><br>`}${addressCode(address)}`
}

/** Sources by id, each a link to its entry in the list of sources. */
export function citations(ids: readonly string[], { sourceAnchors }: Context): Html {
  const cited = ids.map((id): Piece => {
    const anchor = sourceAnchors.get(id)
    return anchor === undefined ? id : html`<a href="#${anchor}">${id}</a>`
  })
  return html`<span class="cite">[${joined(cited, ", ")}]</span>`
}

export const gradeMark = (grade: Grade, { text }: Context): Html =>
  html`<span class="grade grade-${grade}">${wordFor(text.grades.names, grade)}</span>`
