import type { AmountClaim, Claim, Incident, Priced, ValueClaim } from "./incident.ts"
import { addDecimals, compareDecimals, type Decimal, decimalOf, decimalText } from "./incident-decimal.ts"

/** Least and most that the claims say, as decimal strings, and the claims it rests on. */
export interface Range {
  readonly least: string
  readonly most: string
  readonly claims: readonly string[]
}

export interface ValueRange extends Range {
  readonly currency: string
  readonly priced: Priced
}

export interface AmountRange extends Range {
  readonly asset: string
  readonly decimals: number
}

/** A claim counts in a range when it was read at its source and is not known to be a slip. */
export const counts = (claim: Claim): boolean => claim.verified && claim.correction === undefined

export function valueRanges(incident: Incident): readonly ValueRange[] {
  return grouped(incident.values.filter(counts), ({ currency, priced }) => `${currency} ${priced}`).map(
    claims => {
      const { currency, priced } = claims[0] as ValueClaim
      return { currency, priced, ...rangeOf(claims) }
    },
  )
}

export function amountRanges(incident: Incident): readonly AmountRange[] {
  return grouped(incident.amounts.filter(counts), ({ asset, decimals }) => `${asset} ${decimals}`).map(
    claims => {
      const { asset, decimals } = claims[0] as AmountClaim
      return { asset, decimals, ...rangeOf(claims) }
    },
  )
}

function rangeOf(claims: readonly (AmountClaim | ValueClaim)[]): Range {
  const sorted = claims.map(({ amount }) => decimalOf(amount)).sort(compareDecimals)
  return {
    least: decimalText(sorted[0] as Decimal),
    most: decimalText(sorted.at(-1) as Decimal),
    claims: claims.map(({ id }) => id),
  }
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const own = groups.get(keyOf(item))
    if (own === undefined) groups.set(keyOf(item), [item])
    else own.push(item)
  }
  return [...groups.values()]
}

/** A sum over incidents of one currency and one price basis: what is in it, and what has no such figure. */
export interface ValueTotal {
  readonly currency: string
  readonly priced: Priced
  readonly least: string
  readonly most: string
  readonly of: readonly { readonly incident: string; readonly least: string; readonly most: string }[]
  /** Incidents of the list that no counting claim values in this currency at these prices. */
  readonly without: readonly string[]
}

export interface AmountTotal {
  readonly asset: string
  readonly decimals: number
  readonly least: string
  readonly most: string
  readonly of: readonly { readonly incident: string; readonly least: string; readonly most: string }[]
}

/** Sums each currency and basis by itself; nothing is converted, and no incident counts twice in one sum. */
export function valueTotals(incidents: readonly Incident[]): readonly ValueTotal[] {
  const rows = incidents.flatMap(incident =>
    valueRanges(incident).map(range => ({ incident: incident.id, ...range })),
  )
  return grouped(rows, ({ currency, priced }) => `${currency} ${priced}`).map(own => {
    const { currency, priced } = own[0] as (typeof own)[number]
    const inIt = new Set(own.map(({ incident }) => incident))
    return {
      currency,
      priced,
      ...summed(own),
      without: incidents.map(({ id }) => id).filter(id => !inIt.has(id)),
    }
  })
}

export function amountTotals(incidents: readonly Incident[]): readonly AmountTotal[] {
  const rows = incidents.flatMap(incident =>
    amountRanges(incident).map(range => ({ incident: incident.id, ...range })),
  )
  return grouped(rows, ({ asset, decimals }) => `${asset} ${decimals}`).map(own => {
    const { asset, decimals } = own[0] as (typeof own)[number]
    return { asset, decimals, ...summed(own) }
  })
}

function summed(
  rows: readonly { readonly incident: string; readonly least: string; readonly most: string }[],
) {
  const zero: Decimal = { units: 0n, decimals: 0 }
  const sum = (end: "least" | "most") =>
    decimalText(rows.reduce((total, row) => addDecimals(total, decimalOf(row[end])), zero))
  return {
    least: sum("least"),
    most: sum("most"),
    of: rows.map(({ incident, least, most }) => ({ incident, least, most })),
  }
}
