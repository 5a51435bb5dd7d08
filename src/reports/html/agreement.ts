import type { AssetAnswer, Figures } from "../../contracts/trace.ts"
import { type Bucket, PLACES_OF_VALUE, SOURCES_OF_VALUE } from "../../ledger/vocabulary.ts"
import { conservingOf } from "./context.ts"
import { greater, lesser } from "./extremes.ts"

const sum = (figures: Figures, buckets: readonly Bucket[]): bigint =>
  buckets.reduce((total, bucket) => total + BigInt(figures[bucket]), 0n)

/** The two sides of the identity, added up here again: the report does not take the program's word for it. */
export function sidesOf(figures: Figures): { readonly sources: bigint; readonly places: bigint } {
  return { sources: sum(figures, SOURCES_OF_VALUE), places: sum(figures, PLACES_OF_VALUE) }
}

/** Least and most of a figure over the conserving rules; null where none was asked for. */
export function spread(
  answer: AssetAnswer,
  bucket: Bucket,
): { readonly least: bigint; readonly most: bigint } | null {
  const amounts = conservingOf(answer).map(([, { total }]) => BigInt(total[bucket]))
  const [first] = amounts
  if (first === undefined) return null
  return {
    least: amounts.reduce(lesser, first),
    most: amounts.reduce(greater, first),
  }
}

/** Figures that the rules do not agree on; empty where every conserving rule gives the same totals. */
export function disputed(answer: AssetAnswer): readonly Bucket[] {
  return [...SOURCES_OF_VALUE, ...PLACES_OF_VALUE].filter(bucket => {
    const both = spread(answer, bucket)
    return both !== null && both.least !== both.most
  })
}

/** Whether the rules agree on every single pot and arrival, and not only on the totals. */
export function samePlaces(answer: AssetAnswer): boolean {
  const lists = conservingOf(answer).map(([, { holdings, arrivals }]) =>
    JSON.stringify([
      holdings.map(({ pot, traced }) => [pot, traced]),
      arrivals.map(({ pot, tx, time, traced }) => [pot, tx, time, traced]),
    ]),
  )
  return lists.every(list => list === lists[0])
}
