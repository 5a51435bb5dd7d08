import type { RuleName } from "../../ledger/vocabulary.ts"
import { type LabelTable, UNTRACED } from "../label.ts"
import { shareAbove } from "./exact-share.ts"
import { type FlatLots, pushFlat } from "./flat-lots.ts"

/**
 * Deals what a UTXO step has taken in to its credits, all of it: the last of `amounts` is the fee. The same rules as
 * `rule.ts` has for pools of BigInt; amounts here are below 2^53, and a test holds the two together.
 *
 * @param pooled the lots of the debits in input order
 * @param amounts sum to what `pooled` holds
 * @returns for each amount the lots in the order dealt
 */
export type Deal = (pooled: FlatLots, amounts: readonly number[]) => readonly FlatLots[]

export function dealOf(rule: RuleName, labels: LabelTable): Deal {
  switch (rule) {
    case "fifo":
      return dealFromFront
    case "lifo":
      return dealFromBack
    case "clean-first":
      return (pooled, amounts) => dealFromFront(partitioned(pooled, false), amounts)
    case "dirty-first":
      return (pooled, amounts) => dealFromFront(partitioned(pooled, true), amounts)
    case "tiho":
      return dealHighestFirst
    case "haircut":
      return dealInProportion
    case "poison":
      return (pooled, amounts) => dealPoison(pooled, amounts, labels)
  }
}

function dealFromFront(pooled: FlatLots, amounts: readonly number[]): FlatLots[] {
  let at = 0
  let left = (pooled[1] ?? 0) as number
  return amounts.map(amount => {
    const dealt: number[] = []
    let missing = amount
    while (missing > 0) {
      const part = Math.min(left, missing)
      if (part > 0) pushFlat(dealt, lotAt(pooled, at), part)
      missing -= part
      left -= part
      if (left > 0) continue
      at += 2
      left = (pooled[at + 1] ?? 0) as number
    }
    return dealt
  })
}

/** The ledger was checked before it came here: a pool never holds less than is dealt. */
function lotAt(pooled: FlatLots, at: number): number {
  const label = pooled[at]
  if (label === undefined) throw new RangeError("sweep: more is dealt than came in")
  return label
}

function dealFromBack(pooled: FlatLots, amounts: readonly number[]): FlatLots[] {
  const reversed: number[] = []
  for (let at = pooled.length - 2; at >= 0; at -= 2)
    reversed.push(lotAt(pooled, at), pooled[at + 1] as number)
  return dealFromFront(reversed, amounts)
}

/** Untraced lots together, before or behind the traced ones in their order. */
function partitioned(pooled: FlatLots, tracedFirst: boolean): FlatLots {
  let untraced = 0
  const traced: number[] = []
  for (let at = 0; at < pooled.length; at += 2) {
    if (pooled[at] === UNTRACED) untraced += pooled[at + 1] as number
    else pushFlat(traced, lotAt(pooled, at), pooled[at + 1] as number)
  }
  if (untraced === 0) return traced
  return tracedFirst ? [...traced, UNTRACED, untraced] : [UNTRACED, untraced, ...traced]
}

/** Credits from the highest amount down, ties by index; the fee last. */
function dealHighestFirst(pooled: FlatLots, amounts: readonly number[]): FlatLots[] {
  const credits = amounts.slice(0, -1)
  const order = credits
    .map((_, index) => index)
    .sort((a, b) => (credits[b] as number) - (credits[a] as number) || a - b)
  const all = [...order.map(index => credits[index] as number), amounts.at(-1) as number]
  const inOrder = dealFromFront(partitioned(pooled, true), all)
  const dealt: FlatLots[] = new Array(amounts.length)
  for (const [place, index] of order.entries()) dealt[index] = inOrder[place] as FlatLots
  dealt[amounts.length - 1] = inOrder.at(-1) as FlatLots
  return dealt
}

function dealInProportion(pooled: FlatLots, amounts: readonly number[]): FlatLots[] {
  const table = byLabel(pooled)
  const labels = table.map(([label]) => label)
  // Sums of the last labels: above[i] of all rows from the i-th on.
  const above = table.map(([, amount]) => amount)
  for (let row = above.length - 2; row >= 0; row--)
    above[row] = (above[row] as number) + (above[row + 1] as number)
  let total = above[0] ?? 0
  return amounts.map((amount, index) => {
    const dealt: number[] = []
    if (amount === 0) return dealt
    const isLast = index === amounts.length - 1
    let behind = 0
    for (let row = labels.length - 1; row >= 0; row--) {
      const sum = above[row] as number
      const share = isLast || row === 0 ? (row === 0 ? amount : sum) : shareAbove(sum, amount, total)
      if (share > behind) dealt.unshift(labels[row] as number, share - behind)
      above[row] = sum - share
      behind = share
    }
    total -= amount
    return dealt
  })
}

function byLabel(pooled: FlatLots): [label: number, amount: number][] {
  const sums = new Map<number, number>()
  for (let at = 0; at < pooled.length; at += 2) {
    const label = lotAt(pooled, at)
    sums.set(label, (sums.get(label) ?? 0) + (pooled[at + 1] as number))
  }
  return [...sums].sort(([a], [b]) => a - b)
}

function dealPoison(pooled: FlatLots, amounts: readonly number[], labels: LabelTable): FlatLots[] {
  let label = UNTRACED
  for (let at = 0; at < pooled.length; at += 2) label = labels.union(label, lotAt(pooled, at))
  return amounts.map(amount => (amount === 0 ? [] : [label, amount]))
}
