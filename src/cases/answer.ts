import {
  type AssetAnswer,
  BUCKETS,
  CONSERVING_RULES,
  type ConservingAnswer,
  type Figures,
  type Flow,
  type PoisonAnswer,
  type RangeEntry,
  type RuleAnswers,
} from "../contracts/trace.ts"
import type { ConservingRule, RuleName } from "../ledger/vocabulary.ts"
import { tracedOf } from "../tracing/lot.ts"
import type { Findings } from "../tracing/question.ts"
import { type AssetFigures, type BucketFigures, reconciles, type TheftFigures } from "../tracing/tally.ts"
import { bookOf, type Inquiry } from "./inquiry.ts"
import { byTracedThenPot, Speller } from "./spell.ts"

/** One rule's findings, and the flows kept for its answer, by asset. */
export interface RuleRun {
  readonly findings: Findings
  readonly flows: ReadonlyMap<string, { readonly kept: readonly Flow[]; readonly leftOut: number }>
}

const NO_FIGURES: AssetFigures = {
  total: Object.fromEntries(BUCKETS.map(bucket => [bucket, 0n])) as BucketFigures,
  byTheft: new Map(),
}

/** The assets answered: those of the thefts first, then what they were exchanged into. */
export function assetsAnswered(runs: ReadonlyMap<RuleName, RuleRun>): readonly string[] {
  const assets = new Set<string>()
  for (const { findings } of runs.values()) for (const { asset } of findings.credits) assets.add(asset)
  for (const { findings } of runs.values()) for (const asset of findings.figures.keys()) assets.add(asset)
  return [...assets]
}

/** The answer for one asset: every rule side by side, and the range over those that conserve. */
export function answerFor(
  asset: string,
  inquiry: Inquiry,
  runs: ReadonlyMap<RuleName, RuleRun>,
): AssetAnswer {
  const rules: Partial<Record<RuleName, ConservingAnswer | PoisonAnswer>> = {}
  for (const [rule, run] of runs) {
    rules[rule] =
      rule === "poison" ? poisonAnswer(asset, inquiry, run) : conservingAnswer(asset, inquiry, run)
  }
  const answers = rules as RuleAnswers
  const conserving = CONSERVING_RULES.filter(rule => answers[rule] !== undefined)
  const thefts = declaredIn(asset, inquiry, runs)
  const range = conserving.length < 2 ? {} : { range: rangeOver(conserving, answers) }
  return { ...inquiry.source.assetOf(asset), thefts, rules: answers, ...range }
}

function declaredIn(
  asset: string,
  inquiry: Inquiry,
  runs: ReadonlyMap<RuleName, RuleRun>,
): AssetAnswer["thefts"] {
  const credits = [...runs.values()][0]?.findings.credits.filter(credit => credit.asset === asset) ?? []
  return inquiry.thefts.flatMap(({ id }, theft) => {
    const own = credits.filter(credit => credit.theft === theft)
    if (own.length === 0) return []
    const declared = own.reduce((sum, { amount }) => sum + amount, 0n)
    return [{ id, refs: own.map(({ ref }) => ref), declared: declared.toString() }]
  })
}

function conservingAnswer(asset: string, inquiry: Inquiry, run: RuleRun): ConservingAnswer {
  const figures = run.findings.figures.get(asset) ?? NO_FIGURES
  const byTheft = theftsIn(asset, inquiry, run).map(([id, own]) => {
    return [id, { ...spelled(own), collided: own.collided.toString() }] as const
  })
  const all = [figures.total, ...figures.byTheft.values()]
  return {
    reconciles: all.every(reconciles),
    total: spelled(figures.total),
    byTheft: Object.fromEntries(byTheft),
    ...listsOf(asset, inquiry, run),
  }
}

function poisonAnswer(asset: string, inquiry: Inquiry, run: RuleRun): PoisonAnswer {
  const figures = run.findings.figures.get(asset) ?? NO_FIGURES
  const reach = ({ held, services }: BucketFigures) => ({
    held: held.toString(),
    services: services.toString(),
  })
  const byTheft = theftsIn(asset, inquiry, run).map(([id, own]) => {
    return [id, { ...reach(own), collided: own.collided.toString() }] as const
  })
  const lists = listsOf(asset, inquiry, run)
  return { reconciles: null, reach: reach(figures.total), byTheft: Object.fromEntries(byTheft), ...lists }
}

function theftsIn(
  asset: string,
  inquiry: Inquiry,
  { findings }: RuleRun,
): (readonly [string, TheftFigures])[] {
  const figures = findings.figures.get(asset) ?? NO_FIGURES
  const named = new Set(findings.credits.filter(credit => credit.asset === asset).map(({ theft }) => theft))
  return inquiry.thefts.flatMap(({ id }, theft) => {
    const own = figures.byTheft.get(theft)
    if (own !== undefined) return [[id, own] as const]
    return named.has(theft) ? [[id, { ...NO_FIGURES.total, collided: 0n }] as const] : []
  })
}

function listsOf(asset: string, inquiry: Inquiry, run: RuleRun) {
  const { findings, flows } = run
  const book = bookOf(inquiry)
  const spell = new Speller(
    inquiry.source,
    findings.labels,
    inquiry.thefts.map(({ id }) => id),
  )
  const ofAsset = <T extends { readonly asset: string }>(items: readonly T[]) =>
    items.filter(item => item.asset === asset)
  const own = flows.get(asset) ?? { kept: [], leftOut: 0 }
  const leftOut = inquiry.flows === null || inquiry.flows === "all" ? {} : { flowsLeftOut: own.leftOut }
  return {
    holdings: ofAsset(findings.held)
      .filter(({ lots }) => tracedOf(lots) > 0n)
      .map(held => spell.holding(held))
      .sort(byTracedThenPot),
    arrivals: ofAsset(findings.arrived)
      .map(arrived => spell.arrival(arrived, book))
      .sort(byTracedThenPot),
    flows: own.kept,
    ...leftOut,
  }
}

function spelled(figures: BucketFigures): Figures {
  return Object.fromEntries(BUCKETS.map(bucket => [bucket, figures[bucket].toString()])) as Figures
}

/** A holding's least and most over the rules: what none of these rules moves. Absent is 0. */
function rangeOver(rules: readonly ConservingRule[], answers: RuleAnswers): readonly RangeEntry[] {
  const seen = new Map<string, { address: string | null; traced: bigint[] }>()
  for (const rule of rules) {
    for (const { pot, address, traced } of answers[rule]?.holdings ?? []) {
      const entry = seen.get(pot)
      if (entry === undefined) seen.set(pot, { address, traced: [BigInt(traced)] })
      else entry.traced.push(BigInt(traced))
    }
  }
  const entries = [...seen].map(([pot, { address, traced }]) => {
    const ascending = traced.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    const most = ascending.at(-1) ?? 0n
    const least = traced.length < rules.length ? 0n : (ascending[0] ?? 0n)
    return { pot, address, least: least.toString(), most: most.toString() }
  })
  return entries.sort((a, b) =>
    byTracedThenPot({ pot: a.pot, traced: a.most }, { pot: b.pot, traced: b.most }),
  )
}
