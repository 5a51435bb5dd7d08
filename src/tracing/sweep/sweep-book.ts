import { type Label, type LabelTable, UNTRACED } from "../label.ts"
import type { FlatLots } from "./flat-lots.ts"

export type SweepBucket = "services" | "fees" | "burned"
const SWEEP_BUCKETS = ["services", "fees", "burned"] as const

/** What a theft's declarations came to: newly named, and traced already. */
export interface DeclaredSums {
  named: bigint
  collided: bigint
}

/**
 * The books of one sweep: labels, where traced value has come to rest, and what arrived at services. Sums are kept by
 * label, as numbers, and taken over into BigInt before they could grow beyond what numbers hold exactly.
 */
export class SweepBook {
  readonly labels: LabelTable
  readonly #sums: Record<SweepBucket, Map<Label, bigint>> = {
    services: new Map(),
    fees: new Map(),
    burned: new Map(),
  }
  #declaredTotal = 0n
  readonly #declared = new Map<number, DeclaredSums>()
  /** Arrivals: the output and its traced lots, in the order of evaluation. */
  readonly arrivals: { readonly output: number; readonly lots: FlatLots }[] = []

  constructor(labels: LabelTable) {
    this.labels = labels
  }

  get declaredTotal(): bigint {
    return this.#declaredTotal
  }

  get declared(): ReadonlyMap<number, DeclaredSums> {
    return this.#declared
  }

  sumsOf(bucket: SweepBucket): ReadonlyMap<Label, bigint> {
    return this.#sums[bucket]
  }

  count(bucket: SweepBucket, lots: FlatLots): void {
    for (let at = 0; at < lots.length; at += 2) {
      if (lots[at] !== UNTRACED) this.add(bucket, lots[at] as Label, BigInt(lots[at + 1] as number))
    }
  }

  add(bucket: SweepBucket, label: Label, amount: bigint): void {
    const sums = this.#sums[bucket]
    sums.set(label, (sums.get(label) ?? 0n) + amount)
  }

  /** Traced lots reach a service. */
  arrive(output: number, lots: FlatLots): void {
    this.count("services", lots)
    this.arrivals.push({ output, lots })
  }

  /** Where the books stand now, for `backTo`. */
  mark(): BookMark {
    const sums = SWEEP_BUCKETS.map(bucket => new Map(this.#sums[bucket]))
    const declared = [...this.#declared].map(([theft, own]) => [theft, { ...own }] as const)
    return {
      labels: this.labels.count,
      sums,
      total: this.#declaredTotal,
      declared,
      arrivals: this.arrivals.length,
    }
  }

  /** Labels too: their numbers rise as they come into being, and what is swept anew makes them anew. */
  backTo({ labels, sums, total, declared, arrivals }: BookMark): void {
    this.labels.keep(labels)
    for (const [at, bucket] of SWEEP_BUCKETS.entries()) {
      this.#sums[bucket].clear()
      for (const [label, sum] of sums[at] ?? []) this.#sums[bucket].set(label, sum)
    }
    this.#declaredTotal = total
    this.#declared.clear()
    for (const [theft, own] of declared) this.#declared.set(theft, { ...own })
    this.arrivals.length = arrivals
  }

  /** Each lot with label L becomes L + [t], theft by theft; a label that names t already stays. */
  declare(lots: FlatLots, thefts: readonly number[]): FlatLots {
    const out: number[] = []
    for (let at = 0; at < lots.length; at += 2) {
      const amount = lots[at + 1] as number
      const named = [...this.labels.theftsOf(lots[at] as Label)]
      for (const theft of thefts) {
        this.#note(theft, BigInt(amount), named.length > 0, named.includes(theft))
        if (!named.includes(theft)) named.push(theft)
      }
      const label = this.labels.naming(named)
      if (out.length > 0 && out[out.length - 2] === label)
        out[out.length - 1] = (out.at(-1) as number) + amount
      else out.push(label, amount)
    }
    return out
  }

  #note(theft: number, amount: bigint, isTraced: boolean, isNamed: boolean): void {
    const own = this.#declared.get(theft) ?? { named: 0n, collided: 0n }
    this.#declared.set(theft, own)
    if (isTraced) own.collided += amount
    else this.#declaredTotal += amount
    if (!isNamed) own.named += amount
  }

  /** All that a saved state has to hold; see `restoreBook`. */
  saved(): SavedBook {
    const sums = SWEEP_BUCKETS.map(
      bucket => [bucket, [...this.#sums[bucket]].map(([label, sum]) => [label, `${sum}`] as const)] as const,
    )
    return {
      labels: this.labels.all(),
      sums: Object.fromEntries(sums) as unknown as SavedBook["sums"],
      declaredTotal: `${this.#declaredTotal}`,
      declared: [...this.#declared].map(([theft, { named, collided }]) => [theft, `${named}`, `${collided}`]),
      arrivals: this.arrivals.map(({ output, lots }) => [output, ...lots]),
    }
  }

  /** Takes over what `saved` gave. The label table must be new. */
  restore({ labels, sums, declaredTotal, declared, arrivals }: SavedBook): void {
    for (const thefts of labels) this.labels.naming(thefts)
    for (const bucket of SWEEP_BUCKETS) {
      for (const [label, sum] of sums[bucket]) this.#sums[bucket].set(label, BigInt(sum))
    }
    this.#declaredTotal = BigInt(declaredTotal)
    for (const [theft, named, collided] of declared) {
      this.#declared.set(theft, { named: BigInt(named), collided: BigInt(collided) })
    }
    for (const [output, ...lots] of arrivals) this.arrivals.push({ output: output as number, lots })
  }
}

export interface BookMark {
  readonly labels: number
  readonly sums: readonly ReadonlyMap<Label, bigint>[]
  readonly total: bigint
  readonly declared: readonly (readonly [theft: number, own: DeclaredSums])[]
  readonly arrivals: number
}

export interface SavedBook {
  readonly labels: readonly (readonly number[])[]
  readonly sums: Readonly<Record<SweepBucket, readonly (readonly [label: Label, sum: string])[]>>
  readonly declaredTotal: string
  readonly declared: readonly (readonly [theft: number, named: string, collided: string])[]
  readonly arrivals: readonly (readonly number[])[]
}
