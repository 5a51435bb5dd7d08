import { type Bucket, PLACES_OF_VALUE, SOURCES_OF_VALUE } from "../ledger/vocabulary.ts"
import { getOrMake } from "../units/get-or-make.ts"
import { type Label, type LabelTable, UNTRACED } from "./label.ts"
import type { Lots } from "./lot.ts"

export type BucketFigures = Record<Bucket, bigint>

export interface TheftFigures extends BucketFigures {
  /** How much of the theft's credits was traced already when it was declared. */
  collided: bigint
}

/** One asset's figures: each unit once, and for each theft that its label names. */
export interface AssetFigures {
  readonly total: BucketFigures
  readonly byTheft: ReadonlyMap<number, TheftFigures>
}

/** What a tally has counted, for who keeps it. */
export interface SavedTally {
  readonly sums: readonly {
    readonly asset: string
    readonly bucket: Bucket
    readonly byLabel: readonly (readonly [label: Label, amount: bigint])[]
  }[]
  readonly declared: readonly {
    readonly asset: string
    readonly total: bigint
    readonly byTheft: readonly {
      readonly theft: number
      readonly named: bigint
      readonly collided: bigint
    }[]
  }[]
}

/**
 * Counts where traced value came from and where it is, by asset. Kept by label while the trace runs, so that a
 * credit costs the number of its lots and not of its thefts; spelled out by theft at the end.
 */
export class Tally {
  readonly #labels: LabelTable
  readonly #sums = new Map<string, Map<Bucket, Map<Label, bigint>>>()
  readonly #declarations = new Map<string, { total: bigint; byTheft: Map<number, Declaration> }>()

  constructor(labels: LabelTable) {
    this.#labels = labels
  }

  /** Puts the traced lots into a bucket; untraced ones are nobody's figure. */
  count(asset: string, bucket: Exclude<Bucket, "declared">, lots: Lots): void {
    for (const { label, amount } of lots) {
      if (label === UNTRACED) continue
      const buckets = getOrMake(this.#sums, asset, () => new Map<Bucket, Map<Label, bigint>>())
      const sums = getOrMake(buckets, bucket, () => new Map<Label, bigint>())
      sums.set(label, (sums.get(label) ?? 0n) + amount)
    }
  }

  /** An amount is declared stolen in `theft`: was it traced already, and did its label name this theft already? */
  declare(
    asset: string,
    theft: number,
    amount: bigint,
    { isTraced, isNamed }: { readonly isTraced: boolean; readonly isNamed: boolean },
  ): void {
    const declared = getOrMake(this.#declarations, asset, () => ({ total: 0n, byTheft: new Map() }))
    const own = getOrMake(declared.byTheft, theft, () => ({ named: 0n, collided: 0n }))
    if (isTraced) own.collided += amount
    else declared.total += amount
    if (!isNamed) own.named += amount
  }

  /** A copy of all that was counted, in the order in which it came up. */
  saved(): SavedTally {
    const sums = [...this.#sums].flatMap(([asset, buckets]) =>
      [...buckets].map(([bucket, own]) => ({ asset, bucket, byLabel: [...own] })),
    )
    const declared = [...this.#declarations].map(([asset, { total, byTheft }]) => {
      return { asset, total, byTheft: [...byTheft].map(([theft, own]) => ({ theft, ...own })) }
    })
    return { sums, declared }
  }

  /** Counts from there on, and forgets whatever was counted here. */
  restore({ sums, declared }: SavedTally): void {
    this.#sums.clear()
    this.#declarations.clear()
    for (const { asset, bucket, byLabel } of sums) {
      const buckets = getOrMake(this.#sums, asset, () => new Map<Bucket, Map<Label, bigint>>())
      buckets.set(bucket, new Map(byLabel))
    }
    for (const { asset, total, byTheft } of declared) {
      const own = byTheft.map(({ theft, named, collided }) => [theft, { named, collided }] as const)
      this.#declarations.set(asset, { total, byTheft: new Map(own) })
    }
  }

  figures(): ReadonlyMap<string, AssetFigures> {
    const byAsset = new Map<string, AssetFigures>()
    for (const asset of new Set([...this.#declarations.keys(), ...this.#sums.keys()])) {
      byAsset.set(asset, this.#figuresOf(asset))
    }
    return byAsset
  }

  #figuresOf(asset: string): AssetFigures {
    const total = noFigures()
    const byTheft = new Map<number, TheftFigures>()
    const ofTheft = (theft: number): TheftFigures => {
      return getOrMake(byTheft, theft, () => ({ ...noFigures(), collided: 0n }))
    }
    const declared = this.#declarations.get(asset)
    total.declared = declared?.total ?? 0n
    for (const [theft, { named, collided }] of declared?.byTheft ?? []) {
      ofTheft(theft).declared = named
      ofTheft(theft).collided = collided
    }
    for (const [bucket, sums] of this.#sums.get(asset) ?? []) {
      for (const [label, amount] of sums) {
        total[bucket] += amount
        for (const theft of this.#labels.theftsOf(label)) ofTheft(theft)[bucket] += amount
      }
    }
    return { total, byTheft }
  }
}

interface Declaration {
  named: bigint
  collided: bigint
}

function noFigures(): BucketFigures {
  return {
    declared: 0n,
    exchangedIn: 0n,
    held: 0n,
    services: 0n,
    fees: 0n,
    burned: 0n,
    exchanged: 0n,
    unrecorded: 0n,
    belowThreshold: 0n,
    notFollowed: 0n,
  }
}

/** The identity of DESIGN section 2: every traced unit that came in is in exactly one place. */
export function reconciles(figures: BucketFigures): boolean {
  const sum = (buckets: readonly Bucket[]): bigint =>
    buckets.reduce((total, bucket) => total + figures[bucket], 0n)
  return sum(SOURCES_OF_VALUE) === sum(PLACES_OF_VALUE)
}
