import type { Policy, PolicyNeverMatch, TracedCondition } from "../contracts/policy.ts"
import type { LabelBook } from "../ports/label-book.ts"
import type { ScreenedCases } from "./screen-cases.ts"
import type { ScreenedLedger } from "./screen-ledger.ts"

interface Loaded {
  readonly book: LabelBook | null
  readonly ledger: ScreenedLedger | null
  readonly cases: ScreenedCases
}

/**
 * The thefts, assets and lists that a policy names and that nothing loaded has: a slip of the pen there would make a rule
 * that never fires, and looks as if it did. No error, as one policy may serve for several ledgers and books.
 */
export async function neverMatches(
  policy: Policy,
  { book, ledger, cases }: Loaded,
): Promise<readonly PolicyNeverMatch[]> {
  const named = policy.rules.flatMap(({ when }, n) => namedIn(when, `rules.${n}.when`))
  if (named.length === 0) return []
  // What the bundled cases declare is read only where a policy asks for it.
  const isOfCase = named.some(({ what }) => what !== "list")
  const declared = isOfCase ? await cases.declared() : { thefts: [], assets: [] }
  const thefts = new Set([...declared.thefts, ...(ledger?.set?.thefts ?? [])])
  const assets = new Set([...declared.assets, ...(ledger?.set?.assets() ?? [])].map(one => one.toLowerCase()))
  const has = {
    theft: (value: string) => thefts.has(value),
    asset: (value: string) => assets.has(value.toLowerCase()),
    list: (value: string) => book?.hasList(value) ?? false,
  }
  return named.filter(({ what, value }) => !has[what](value))
}

function namedIn(
  { label, traced, cluster }: Policy["rules"][number]["when"],
  path: string,
): readonly PolicyNeverMatch[] {
  return [
    ...listsOf(label?.list, `${path}.label.list`),
    ...tracedOf(traced, `${path}.traced`),
    ...listsOf(cluster?.label?.list, `${path}.cluster.label.list`),
    ...tracedOf(cluster?.traced, `${path}.cluster.traced`),
  ]
}

function listsOf(values: readonly string[] | undefined, path: string): readonly PolicyNeverMatch[] {
  return (values ?? []).map(value => ({ path, what: "list", value }))
}

function tracedOf(traced: TracedCondition | undefined, path: string): readonly PolicyNeverMatch[] {
  const thefts = (traced?.theft ?? []).map(value => ({
    path: `${path}.theft`,
    what: "theft" as const,
    value,
  }))
  const asset = traced?.asset
  return asset === undefined ? thefts : [...thefts, { path: `${path}.asset`, what: "asset", value: asset }]
}
