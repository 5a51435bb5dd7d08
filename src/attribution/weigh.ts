import { capped, discounted } from "./discount.ts"
import type { Body, Change, Evidence } from "./evidence.ts"
import { compare, rest } from "./fraction.ts"
import { type CappedRatio, EVEN, isWider, product, type Ratio, ratioOf, strength } from "./ratio.ts"
import { findRoots } from "./roots.ts"

/**
 * `strongest`: counts whole. `overlapping`: a weaker one of a group counts for the share that its overlap leaves.
 * `copy`: all its claims repeat others. `removed`: taken out. `open`: not known.
 */
export type Standing = "strongest" | "overlapping" | "copy" | "removed" | "open"

export interface WeighedItem {
  readonly id: string
  readonly standing: Standing
  /** From the bands. */
  readonly raw: Ratio
  /** After the source's grade. */
  readonly discounted: Ratio
  /** What goes into the product: 1 for what weighs nothing. */
  readonly counted: Ratio
}

/** How much more the evidence is to be expected under one hypothesis than under another. */
export interface PairAnswer {
  readonly for: string
  readonly against: string
  readonly items: readonly WeighedItem[]
  readonly product: Ratio
  readonly capped: CappedRatio
}

/** Every two hypotheses, in their order. */
export function pairsOf(hypotheses: readonly string[]): readonly (readonly [string, string])[] {
  return hypotheses.flatMap((one, at) => hypotheses.slice(at + 1).map(other => [one, other] as const))
}

/** Weighs a body of evidence for every two hypotheses. `change.without` names claims, evidence, groups or derivations. */
export function weigh(body: Body, change: Change): readonly PairAnswer[] {
  const idle = idleItems(body, change)
  return pairsOf(body.hypotheses).map(([one, other]) => weighPair(body, idle, one, other))
}

function weighPair(body: Body, idle: ReadonlyMap<string, Standing>, one: string, other: string): PairAnswer {
  const drafts = body.evidence.map(item => {
    const raw = rawRatio(item, one, other)
    return { item, raw, kept: discounted(raw, item.reliability) }
  })
  const strongest = strongestOf(drafts.filter(({ item }) => !idle.has(item.id)))
  const items = drafts.map(({ item, raw, kept }): WeighedItem => {
    const standing = idle.get(item.id) ?? (strongest.has(item.id) ? "strongest" : "overlapping")
    const counted =
      standing === "strongest"
        ? kept
        : standing === "overlapping"
          ? discounted(kept, rest(item.overlap))
          : EVEN
    return { id: item.id, standing, raw, discounted: kept, counted }
  })
  const whole = items.reduce((sum, { counted }) => product(sum, counted), EVEN)
  return { for: one, against: other, items, product: whole, capped: capped(whole, body.misleading) }
}

function rawRatio({ bands }: Evidence, one: string, other: string): Ratio {
  const [forIt, against] = [bands.get(one), bands.get(other)]
  return forIt === undefined || against === undefined ? EVEN : ratioOf(forIt, against)
}

/** Of each group the item farthest from 1; among equals the wider, then the first. */
function strongestOf(
  drafts: readonly { readonly item: Evidence; readonly kept: Ratio }[],
): ReadonlySet<string> {
  const best = new Map<string, { readonly item: Evidence; readonly kept: Ratio }>()
  for (const draft of drafts) {
    const known = best.get(draft.item.group)
    const order = known === undefined ? 1 : compare(strength(draft.kept), strength(known.kept))
    if (known === undefined || order > 0 || (order === 0 && isWider(draft.kept, known.kept)))
      best.set(draft.item.group, draft)
  }
  return new Set([...best.values()].map(({ item }) => item.id))
}

/** What weighs nothing, and why. Taking a claim out takes its copies with it: they stay copies. */
export function idleItems(
  { claims, evidence }: Body,
  { without, found }: Change,
): ReadonlyMap<string, Standing> {
  const roots = findRoots(claims, without)
  const idle = new Map<string, Standing>()
  for (const { id, group, claims: restsOn, known } of evidence) {
    const left = restsOn.filter(claim => !without.has(claim))
    if (without.has(id) || without.has(group) || (known && left.length === 0)) idle.set(id, "removed")
    else if (!known && !found.has(id)) idle.set(id, "open")
    else if (known && left.every(claim => roots.isCopy(claim))) idle.set(id, "copy")
  }
  return idle
}
