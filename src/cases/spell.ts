import type { Arrival, ByTheft, Flow, Holding } from "../contracts/trace.ts"
import type { Source } from "../ports/source.ts"
import { type LabelTable, UNTRACED } from "../tracing/label.ts"
import { type Lots, tracedOf } from "../tracing/lot.ts"
import type { Arrived, Held, TracedFlow } from "../tracing/question.ts"
import type { ServiceBook } from "./services-book.ts"

/** Spells out one rule's findings in the words of the contract: pots by name, labels by theft. */
export class Speller {
  readonly #source: Source
  readonly #labels: LabelTable
  readonly #theftIds: readonly string[]

  constructor(source: Source, labels: LabelTable, theftIds: readonly string[]) {
    this.#source = source
    this.#labels = labels
    this.#theftIds = theftIds
  }

  holding({ pot, address, value, lots }: Held): Holding {
    const name = this.#source.potName(pot)
    return { pot: name, address, value: value.toString(), ...this.#traced(lots) }
  }

  /** @param services where how the address is known to be the service's is told; left out it is not */
  arrival({ service, address, pot, step, lots }: Arrived, services?: ServiceBook): Arrival {
    const { id: tx, time } = step.tx
    const by = services?.serviceAt(address)?.by ?? null
    const stopped = by === null ? {} : { stoppedBy: by }
    return { service, address, pot: this.#source.potName(pot), tx, time, ...this.#traced(lots), ...stopped }
  }

  flow({ kind, step, from, to, amount, lots, grade }: TracedFlow): Flow {
    const { id: tx, height, time } = step.tx
    return {
      kind,
      tx,
      height,
      time,
      from: from.map(pot => this.#source.potName(pot)),
      to: to === null ? null : this.#source.potName(to),
      amount: amount.toString(),
      ...this.#traced(lots),
      grade,
    }
  }

  #traced(lots: Lots): { traced: string; byTheft: ByTheft } {
    const sums = new Map<number, bigint>()
    for (const { label, amount } of lots) {
      if (label === UNTRACED) continue
      for (const theft of this.#labels.theftsOf(label)) sums.set(theft, (sums.get(theft) ?? 0n) + amount)
    }
    const inOrder = [...sums].sort(([a], [b]) => a - b)
    const byTheft = Object.fromEntries(
      inOrder.map(([theft, sum]) => [this.#theftIds[theft] as string, sum.toString()]),
    )
    return { traced: tracedOf(lots).toString(), byTheft }
  }
}

/** Largest traced amount first, then by pot. */
export function byTracedThenPot(
  a: { readonly traced: string; readonly pot: string },
  b: { readonly traced: string; readonly pot: string },
): number {
  const difference = BigInt(b.traced) - BigInt(a.traced)
  if (difference !== 0n) return difference > 0n ? 1 : -1
  return a.pot < b.pot ? -1 : a.pot > b.pot ? 1 : 0
}
