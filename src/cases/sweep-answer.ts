import {
  type Arrival,
  BUCKETS,
  type ByTheft,
  type ConservingAnswer,
  type Figures,
  type Holding,
  type PoisonAnswer,
} from "../contracts/trace.ts"
import type { RuleName } from "../ledger/vocabulary.ts"
import { LabelTable } from "../tracing/label.ts"
import { type FlatLots, totalFlat, tracedFlat } from "../tracing/sweep/flat-lots.ts"
import type { PotTable } from "../tracing/sweep/pot-table.ts"
import { SweepBook } from "../tracing/sweep/sweep-book.ts"
import type { SweepState } from "../tracing/sweep/sweep-question.ts"
import { noFigures, sweptFigures } from "../tracing/sweep/swept-figures.ts"
import { type BucketFigures, reconciles } from "../tracing/tally.ts"
import type { Time } from "../units/time.ts"
import { byTracedThenPot } from "./spell.ts"

/** What a ledger knows of an output, asked for what is shown alone. */
export interface PotNames {
  nameOf(output: number): string
  addressOf(output: number): string | null
  serviceOf(output: number): string
  madeIn(output: number): { readonly tx: string; readonly time: Time }
}

/** Of millions the largest; `list` says how many are kept. */
export interface SweptAnswer {
  readonly answer: ConservingAnswer | PoisonAnswer
  readonly holdings: number
  readonly arrivals: number
}

export function sweptAnswer(
  rule: RuleName,
  { pots, book: saved }: SweepState,
  theftIds: readonly string[],
  names: PotNames,
  list: number,
): SweptAnswer {
  const book = new SweepBook(new LabelTable(rule === "poison" ? "set" : "list"))
  book.restore(saved)
  const { total, byTheft } = sweptFigures(book, lotsOf(pots))
  const tracedOf = (lots: FlatLots) => ({
    traced: `${tracedFlat(lots)}`,
    byTheft: spelled(book, lots, theftIds),
  })
  const holdings = largest(pots, list)
    .map(([output, lots]): Holding => {
      return {
        pot: names.nameOf(output),
        address: names.addressOf(output),
        value: `${totalFlat(lots)}`,
        ...tracedOf(lots),
      }
    })
    .sort(byTracedThenPot)
  const arrivals = largest(
    book.arrivals.map(({ output, lots }) => [output, lots] as const),
    list,
  )
    .map(([output, lots]): Arrival => {
      const { tx, time } = names.madeIn(output)
      const [pot, address] = [names.nameOf(output), names.addressOf(output) ?? ""]
      return { service: names.serviceOf(output), address, pot, tx, time, ...tracedOf(lots) }
    })
    .sort(byTracedThenPot)
  // Every theft is answered, also one of which nothing is traced up to the horizon.
  const thefts = theftIds.map((_, theft) => [theft, byTheft.get(theft) ?? noFigures()] as const)
  const lists = { holdings, arrivals, flows: [] }
  const counts = { holdings: pots.length, arrivals: book.arrivals.length }
  if (rule === "poison") {
    const reach = ({ held, services }: BucketFigures) => ({ held: `${held}`, services: `${services}` })
    const own = thefts.map(([theft, figures]) => [
      theftIds[theft] as string,
      { ...reach(figures), collided: `${figures.collided}` },
    ])
    const answer: PoisonAnswer = {
      reconciles: null,
      reach: reach(total),
      byTheft: Object.fromEntries(own),
      ...lists,
    }
    return { answer, ...counts }
  }
  const own = thefts.map(([theft, figures]) => [
    theftIds[theft] as string,
    { ...texts(figures), collided: `${figures.collided}` },
  ])
  const answer: ConservingAnswer = {
    reconciles: [total, ...byTheft.values()].every(reconciles),
    total: texts(total),
    byTheft: Object.fromEntries(own),
    ...lists,
  }
  return { answer, ...counts }
}

function* lotsOf(pots: PotTable): Generator<FlatLots> {
  for (let at = 0; at < pots.length; at++) yield pots.lots(at)
}

function texts(figures: BucketFigures): Figures {
  return Object.fromEntries(BUCKETS.map(bucket => [bucket, `${figures[bucket]}`])) as Figures
}

function spelled(book: SweepBook, lots: FlatLots, theftIds: readonly string[]): ByTheft {
  const sums = new Map<number, bigint>()
  for (let at = 0; at < lots.length; at += 2) {
    for (const theft of book.labels.theftsOf(lots[at] as number)) {
      sums.set(theft, (sums.get(theft) ?? 0n) + BigInt(lots[at + 1] as number))
    }
  }
  const inOrder = [...sums].sort(([a], [b]) => a - b)
  return Object.fromEntries(inOrder.map(([theft, sum]) => [theftIds[theft] as string, `${sum}`]))
}

/** The largest by what is traced in them, without sorting all. */
function largest(
  entries: Iterable<readonly [output: number, lots: FlatLots]>,
  count: number,
): (readonly [output: number, lots: FlatLots])[] {
  let kept: (readonly [output: number, lots: FlatLots])[] = []
  const bySize = (a: readonly [number, FlatLots], b: readonly [number, FlatLots]) =>
    tracedFlat(b[1]) - tracedFlat(a[1]) || a[0] - b[0]
  for (const entry of entries) {
    kept.push(entry)
    if (kept.length >= 2 * count + 1024) kept = kept.sort(bySize).slice(0, count)
  }
  return kept.sort(bySize).slice(0, count)
}
