/** No owner or transaction. */
export const NONE = 0xffffffff

/**
 * Why owners are together, as columns that a store can keep: owner `n` was joined with `toward[n]` by transaction
 * `by[n]`. Both are `NONE` for one owner of each cluster, and following `toward` from any other leads to it.
 */
export interface MergeForest {
  readonly toward: Uint32Array
  readonly by: Uint32Array
}

/** One step of an explanation: `from` and `to` both put inputs into `tx`. */
export interface MergeLink {
  readonly from: number
  readonly tx: number
  readonly to: number
}

/**
 * The chain of transactions by which two owners are together, from `a` to `b`: empty where they are the same, null
 * where they are not together. Takes as many steps as the chain to their clusters' first owner is long.
 */
export function mergeChain({ toward, by }: MergeForest, a: number, b: number): MergeLink[] | null {
  const placeOf = new Map<number, number>()
  const up: MergeLink[] = []
  for (let at = a; ; ) {
    placeOf.set(at, up.length)
    const next = toward[at] ?? NONE
    if (next === NONE) break
    up.push({ from: at, tx: by[at] as number, to: next })
    at = next
  }
  const down: MergeLink[] = []
  for (let at = b; ; ) {
    const place = placeOf.get(at)
    if (place !== undefined) return [...up.slice(0, place), ...down.reverse()]
    const next = toward[at] ?? NONE
    if (next === NONE) return null
    down.push({ from: next, tx: by[at] as number, to: at })
    at = next
  }
}
