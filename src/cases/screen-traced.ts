import type { PathStep, Range, StoppedAt, TracedByRule, TracedIn, TracedItem } from "../contracts/screen.ts"
import { type Grade, weakest } from "../ledger/grade.ts"
import { CONSERVING_RULES, type RuleName } from "../ledger/vocabulary.ts"
import type { TracedCredit, TracedHolding, TracedSet } from "../stores/traced/traced-set.ts"
import { getOrMake } from "../units/get-or-make.ts"

/** Steps of a path that are told, those next to the place: nobody reads a path of ten thousand. */
const MOST_STEPS = 100
/** Services and reasons that are told of one item: a cluster may have as many as members. */
const MOST_STOPS = 8

interface Sum {
  received: bigint
  carried: bigint
  arrived: bigint
  held: bigint
  credits: number
  hops: number
  /** The row of a credit with the fewest hops. */
  nearest: number
}

interface Group {
  readonly theft: number
  readonly first: TracedCredit
  readonly sums: Map<RuleName, Sum>
  /** By what they say. */
  readonly stops: Map<string, StoppedAt>
  /** Whether anything was followed further: not what arrived at a service, and not a fee. */
  isFollowed: boolean
  grade: Grade
}

/**
 * What came to a place, by theft and asset, from the rows of its credits.
 *
 * @param withHeld whether what the credits' pots hold at the horizon is the place's own
 */
export function tracedItems(
  set: TracedSet,
  rows: readonly number[],
  where: Omit<TracedIn, "asOf">,
  withHeld: boolean,
): readonly TracedItem[] {
  const groups = new Map<string, Group>()
  const pots = new Set<string>()
  for (const row of rows) {
    const credit = set.creditAt(row)
    if (credit.pot !== null) pots.add(credit.pot)
    add(groups, credit, row)
  }
  if (withHeld) {
    for (const pot of pots) for (const holding of set.holdingsOf(pot)) hold(groups, holding)
  }
  const inside = { ...where, asOf: set.horizon }
  return [...groups.values()].map(group => itemOf(set, group, inside, withHeld))
}

function add(groups: Map<string, Group>, credit: TracedCredit, row: number): void {
  const { theft, asset, rule, grade, hops, stop } = credit
  const group = getOrMake(groups, `${theft} ${asset.asset}`, () => {
    const none = { sums: new Map<RuleName, Sum>(), stops: new Map<string, StoppedAt>(), isFollowed: false }
    return { theft, first: credit, ...none, grade }
  })
  group.grade = weakest(group.grade, grade)
  const sum = getOrMake(group.sums, rule, () => {
    return { received: 0n, carried: 0n, arrived: 0n, held: 0n, credits: 0, hops, nearest: row }
  })
  sum.received += credit.traced
  sum.carried += credit.amount
  sum.credits++
  if (stop !== null) {
    sum.arrived += credit.traced
    group.stops.set(JSON.stringify(stop), stop)
  } else if (credit.pot !== null || credit.kind !== "fee") group.isFollowed = true
  if (hops >= sum.hops) return
  sum.hops = hops
  sum.nearest = row
}

function hold(groups: Map<string, Group>, { theft, asset, rule, traced }: TracedHolding): void {
  const sum = groups.get(`${theft} ${asset.asset}`)?.sums.get(rule)
  if (sum !== undefined) sum.held += traced
}

function itemOf(
  set: TracedSet,
  { theft, first, sums, stops, isFollowed, grade }: Group,
  where: TracedIn,
  isHeldAsked: boolean,
): TracedItem {
  // Of what nobody followed nothing is known any more: 0 would be a figure that nobody has.
  const withHeld = isHeldAsked && isFollowed
  const told = [...sums].map(([rule, sum]): [RuleName, TracedByRule] => {
    const { received, carried, arrived, credits, hops } = sum
    const held = withHeld ? sum.held.toString() : null
    const [came, worth] = [received.toString(), carried.toString()]
    return [rule, { received: came, carried: worth, arrived: arrived.toString(), held, credits, hops }]
  })
  const [pathRule, nearest] = nearestOf(sums)
  const { path, leftOut } = pathTo(set, nearest.nearest)
  return {
    in: where,
    theft: set.thefts[theft] ?? String(theft),
    ...first.asset,
    rulesAsked: set.rules,
    rules: Object.fromEntries(told),
    range: rangeOf(set.rules, sums, withHeld),
    stops: [...stops.values()].slice(0, MOST_STOPS),
    stopsLeftOut: Math.max(0, stops.size - MOST_STOPS),
    hops: nearest.hops,
    pathRule,
    path,
    pathLeftOut: leftOut,
    grade,
  }
}

/** The conserving rule with the fewest hops; poison, which reaches further than any unit went, only where it is alone. */
function nearestOf(sums: ReadonlyMap<RuleName, Sum>): [RuleName, Sum] {
  const conserving = [...sums].filter(([rule]) => CONSERVING_RULES.some(one => one === rule))
  const [first, ...rest] = conserving.length > 0 ? conserving : sums
  if (first === undefined) throw new RangeError("traced: a group without credits")
  return rest.reduce((best, one) => (one[1].hops < best[1].hops ? one : best), first)
}

function rangeOf(
  asked: readonly RuleName[],
  sums: ReadonlyMap<RuleName, Sum>,
  withHeld: boolean,
): TracedItem["range"] {
  const rules = CONSERVING_RULES.filter(rule => asked.includes(rule))
  if (rules.length < 2) return null
  const over = (figure: "received" | "arrived" | "held"): Range => {
    const values = rules.map(rule => sums.get(rule)?.[figure] ?? 0n)
    const rising = values.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    return { least: String(rising[0]), most: String(rising.at(-1)) }
  }
  return { received: over("received"), arrived: over("arrived"), held: withHeld ? over("held") : null }
}

function pathTo(set: TracedSet, row: number): { path: readonly PathStep[]; leftOut: number } {
  const path: PathStep[] = []
  let leftOut = 0
  for (let at: number | null = row; at !== null; ) {
    const credit: TracedCredit = set.creditAt(at)
    if (path.length < MOST_STEPS) path.push(stepOf(credit))
    else leftOut++
    at = credit.parent
  }
  return { path: path.reverse(), leftOut }
}

function stepOf({ tx, height, time, pot, address, amount, traced, grade }: TracedCredit): PathStep {
  return { tx, height, time, pot, address, amount: amount.toString(), traced: traced.toString(), grade }
}
