import { BUCKETS, type Bucket } from "../../ledger/vocabulary.ts"
import { UNTRACED } from "../label.ts"
import type { AssetFigures, BucketFigures, TheftFigures } from "../tally.ts"
import type { FlatLots } from "./flat-lots.ts"
import type { SweepBook } from "./sweep-book.ts"

/** A sweep's figures in the form of a trace's: each unit once, and for each theft that its label names. */
export function sweptFigures(book: SweepBook, held: Iterable<FlatLots>): AssetFigures {
  const { collided: _, ...total } = noFigures()
  const byTheft = new Map<number, TheftFigures>()
  const ofTheft = (theft: number): TheftFigures => {
    const own = byTheft.get(theft) ?? noFigures()
    byTheft.set(theft, own)
    return own
  }
  total.declared = book.declaredTotal
  for (const [theft, { named, collided }] of book.declared) {
    ofTheft(theft).declared = named
    ofTheft(theft).collided = collided
  }
  const count = (bucket: Bucket, label: number, amount: bigint): void => {
    total[bucket] += amount
    for (const theft of book.labels.theftsOf(label)) ofTheft(theft)[bucket] += amount
  }
  for (const bucket of ["services", "fees", "burned"] as const) {
    for (const [label, amount] of book.sumsOf(bucket)) count(bucket, label, amount)
  }
  for (const [label, amount] of heldByLabel(held)) count("held", label, amount)
  return { total, byTheft }
}

function heldByLabel(held: Iterable<FlatLots>): ReadonlyMap<number, bigint> {
  const sums = new Map<number, bigint>()
  for (const lots of held) {
    for (let at = 0; at < lots.length; at += 2) {
      const label = lots[at] as number
      if (label !== UNTRACED) sums.set(label, (sums.get(label) ?? 0n) + BigInt(lots[at + 1] as number))
    }
  }
  return sums
}

/** Nothing anywhere. */
export function noFigures(): TheftFigures {
  const figures = Object.fromEntries(BUCKETS.map(bucket => [bucket, 0n])) as BucketFigures
  return { ...figures, collided: 0n }
}
