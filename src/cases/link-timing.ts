import type { Step } from "../ledger/step.ts"
import type { Position } from "../units/position.ts"
import { gradeOf, type LinkPairs, type Use } from "./link-pairs.ts"
import { type LinkTrail, type Move, pairsOf } from "./link-trail.ts"

/** What one theft's value did, when. */
interface Course {
  readonly theft: number
  readonly moves: readonly Move[]
  readonly steps: readonly Step[]
  readonly byHour: readonly number[]
}

/** The hours of day and the order on the chain: reported for every pair, and no link by themselves. */
export function tellTiming(trail: LinkTrail, theftCount: number, pairs: LinkPairs): void {
  const courses = coursesOf(trail, theftCount)
  for (const [x, y] of pairsOf(courses.map((_, at) => at))) {
    const [a, b] = [courses[x], courses[y]]
    if (a === undefined || b === undefined) continue
    order(a, b, pairs)
    const nearest = nearestOf(secondsOf(a, b), secondsOf(b, a))
    if (nearest === null) continue
    pairs.find(a.theft, b.theft, {
      kind: "timing",
      place: null,
      service: null,
      uses: [],
      amounts: [],
      hops: null,
      grade: gradeOf([...a.moves, ...b.moves]),
      pitfalls: ["copyable", "zone-unknown", "automation"],
      hours: [a, b].map(({ theft, byHour }) => ({ theft, byHour })),
      nearestSeconds: nearest,
    })
  }
}

function coursesOf(trail: LinkTrail, theftCount: number): readonly Course[] {
  const moves: Move[][] = Array.from({ length: theftCount }, () => [])
  for (const move of trail.moves) {
    for (const theft of new Set(move.parts.flatMap(({ thefts }) => thefts))) moves[theft]?.push(move)
  }
  return moves.flatMap((own, theft) => (own.length === 0 ? [] : [courseOf(theft, own)]))
}

function courseOf(theft: number, moves: readonly Move[]): Course {
  const steps = [...new Map<Position, Step>(moves.map(({ step }) => [step.position, step])).values()]
  const times = steps.flatMap(({ tx }) => (typeof tx.time === "string" ? [new Date(tx.time)] : []))
  const byHour = Array.from({ length: 24 }, () => 0)
  for (const time of times) byHour[time.getUTCHours()] = (byHour[time.getUTCHours()] ?? 0) + 1
  return { theft, moves, steps, byHour }
}

/** Unix seconds, ascending, of what moved one theft's value alone: what moved both is near itself. */
function secondsOf({ steps }: Course, other: Course): readonly number[] {
  const both = new Set(other.steps.map(({ position }) => position))
  return steps
    .flatMap(({ position, tx }) => (typeof tx.time === "string" && !both.has(position) ? [tx.time] : []))
    .map(time => Math.floor(Date.parse(time) / 1000))
    .sort((x, y) => x - y)
}

function order(a: Course, b: Course, pairs: LinkPairs): void {
  const [firstA, lastA] = [first(a), last(a)]
  const [firstB, lastB] = [first(b), last(b)]
  pairs.find(a.theft, b.theft, {
    kind: "chain-order",
    place: null,
    service: null,
    uses: endsOfBoth(a, b),
    amounts: [],
    hops: null,
    grade: gradeOf([...a.moves, ...b.moves]),
    pitfalls: ["order-is-no-link"],
    interleaved: firstA <= lastB && firstB <= lastA,
  })
}

const first = ({ steps }: Course): number => steps[0]?.position ?? 0
const last = ({ steps }: Course): number => steps.at(-1)?.position ?? 0

/** In chain order; what one transaction is for both is told once. */
function endsOfBoth(a: Course, b: Course): readonly Use[] {
  const uses = new Map<string, Use>()
  for (const use of [...endsOf(a), ...endsOf(b)]) {
    const key = `${use.role} ${use.position}`
    uses.set(key, { ...use, thefts: [...(uses.get(key)?.thefts ?? []), ...use.thefts] })
  }
  const rank = ({ role }: Use): number => (role === "stolen" ? 0 : 1)
  return [...uses.values()].sort((x, y) => x.position - y.position || rank(x) - rank(y))
}

function endsOf({ theft, steps }: Course): readonly Use[] {
  const [begin, end] = [steps[0], steps.at(-1)]
  if (begin === undefined || end === undefined) return []
  const use = (role: Use["role"], { position, tx }: Step): Use => ({ role, position, tx, thefts: [theft] })
  return begin === end ? [use("stolen", begin)] : [use("stolen", begin), use("last-moved", end)]
}

/** The least distance of two ascending lists; null where one is empty. */
export function nearestOf(xs: readonly number[], ys: readonly number[]): number | null {
  let [x, y, least] = [0, 0, Number.POSITIVE_INFINITY]
  for (;;) {
    const [left, right] = [xs[x], ys[y]]
    if (left === undefined || right === undefined) return Number.isFinite(least) ? least : null
    least = Math.min(least, Math.abs(left - right))
    if (left < right) x++
    else y++
  }
}
