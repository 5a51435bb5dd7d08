import type {
  Condition,
  LabelCondition,
  Policy,
  PolicyVerdict,
  TracedCondition,
} from "../contracts/policy.ts"
import type { ClusterItem, LabelItem, ScreenAnswer, TracedItem } from "../contracts/screen.ts"
import { CONSERVING_RULES, type RuleName } from "../ledger/vocabulary.ts"
import { type Sided, sidedFacts, withOwnLabels } from "./policy-side.ts"
import { clustersOf } from "./screen-findings.ts"

const MILLION = 1_000_000n

/** What the policy says of an answer: the first rule whose every condition a fact meets, with those facts. */
export function verdictOf(policy: Policy, answer: Omit<ScreenAnswer, "verdict">): PolicyVerdict {
  for (const { id, when, verdict } of policy.rules) {
    const onSide = sidedFacts(when, answer)
    const facts = factsOf(when, answer, withOwnLabels(onSide, answer))
    if (facts === null) continue
    const side = factsOf(when, answer, onSide) === null ? null : onSide.side
    return { verdict, rule: id, ...(side !== null && { side }), facts }
  }
  return { verdict: policy.default, rule: null, facts: [] }
}

/** JSON pointers of the facts that meet each part of a condition; null where one part is met by none. */
function factsOf(
  when: Condition,
  answer: Omit<ScreenAnswer, "verdict">,
  { hasOwner, hasLabelled, hasCluster }: Sided,
): readonly string[] | null {
  const { sanctions, labels, withdrawn, traced, lookAlikes, unknown } = answer
  const met: string[][] = []
  if (when.sanctioned !== undefined) {
    const past =
      when.sanctioned === "ever"
        ? pointers("/withdrawn", withdrawn, one => one.sanction && hasLabelled(one.address))
        : []
    met.push([...pointers("/sanctions", sanctions, one => hasLabelled(one.address)), ...past])
  }
  const { label, traced: tracing, unknown: codes } = when
  if (label !== undefined) {
    const fits = (one: LabelItem) => fitsLabel(one, label) && hasLabelled(one.address)
    met.push([...pointers("/sanctions", sanctions, fits), ...pointers("/labels", labels, fits)])
  }
  if (tracing !== undefined) met.push(pointers("/traced", traced, one => fitsTraced(one, tracing)))
  const { cluster: through } = when
  if (through !== undefined) {
    const own = clustersOf(answer).filter(({ cluster }) => hasCluster(cluster))
    met.push(own.flatMap(({ path, cluster }) => clusterFacts(through, path, cluster)))
  }
  if (when.lookAlike) met.push(pointers("/lookAlikes", lookAlikes, ({ of }) => hasOwner(of)))
  if (codes !== undefined) met.push(pointers("/unknown", unknown, ({ code }) => codes.includes(code)))
  return met.some(facts => facts.length === 0) ? null : [...new Set(met.flat())]
}

/** One cluster has to meet all that a condition names; none of its facts where it does not. */
function clusterFacts(
  { sanctioned, label, traced }: NonNullable<Condition["cluster"]>,
  path: string,
  cluster: ClusterItem,
): readonly string[] {
  const met: string[][] = []
  const labels = (test: (item: LabelItem) => boolean) =>
    met.push(pointers(`${path}/labels`, cluster.labels, test))
  if (sanctioned) labels(one => one.sanction)
  if (label !== undefined) labels(one => fitsLabel(one, label))
  if (traced !== undefined) {
    met.push(pointers(`${path}/traced`, cluster.traced, one => fitsTraced(one, traced)))
  }
  return met.some(facts => facts.length === 0) ? [] : met.flat()
}

function pointers<T>(path: string, list: readonly T[], test: (item: T) => boolean): string[] {
  return list.flatMap((item, index) => (test(item) ? [`${path}/${index}`] : []))
}

/** Names of categories, actors, lists and so on, and those of assets, are compared whatever their case. */
function fitsLabel(item: LabelItem, wanted: LabelCondition): boolean {
  return (["category", "actor", "list", "confidence", "abuse"] as const).every(key => {
    const own = item[key]?.toLowerCase()
    return wanted[key] === undefined || wanted[key].some(one => one.toLowerCase() === own)
  })
}

function fitsTraced(item: TracedItem, wanted: TracedCondition): boolean {
  if (wanted.theft !== undefined && !wanted.theft.includes(item.theft)) return false
  if (wanted.asset !== undefined && wanted.asset.toLowerCase() !== item.asset.toLowerCase()) return false
  return figuresOf(item, wanted).some(figure => fitsFigure(figure, wanted))
}

interface Figure {
  readonly amount: bigint
  readonly carried: bigint
  readonly hops: number
}

/** The rule's own figure, or the least or the most over the conserving rules that were asked. */
function figuresOf(item: TracedItem, { rule, of }: TracedCondition): readonly Figure[] {
  const figure = (name: RuleName): Figure | null => {
    const own = item.rules[name]
    const amount = own === undefined ? null : own[of]
    if (own === undefined || amount === null) return null
    return { amount: BigInt(amount), carried: BigInt(own.carried), hops: own.hops }
  }
  if (rule !== "least" && rule !== "most") return [figure(rule)].filter(one => one !== null)
  const asked = CONSERVING_RULES.filter(name => item.rulesAsked.includes(name))
  const found = asked.map(figure).filter(one => one !== null)
  if (found.length === 0 || (rule === "least" && found.length < asked.length)) return []
  const [first, ...rest] = found
  const isFurther = (a: Figure, b: Figure) => (rule === "most" ? a.amount > b.amount : a.amount < b.amount)
  const extreme = rest.reduce((best, one) => (isFurther(one, best) ? one : best), first as Figure)
  return [{ ...extreme, hops: Math.min(...found.map(({ hops }) => hops)) }]
}

function fitsFigure({ amount, carried, hops }: Figure, wanted: TracedCondition): boolean {
  const { atLeast, below, shareAtLeast, shareBelow, hopsAtLeast, hopsAtMost } = wanted
  return (
    amount > 0n &&
    (atLeast === undefined || amount >= atLeast) &&
    (below === undefined || amount < below) &&
    (shareAtLeast === undefined || amount * MILLION >= shareAtLeast * carried) &&
    (shareBelow === undefined || amount * MILLION < shareBelow * carried) &&
    (hopsAtLeast === undefined || hops >= hopsAtLeast) &&
    (hopsAtMost === undefined || hops <= hopsAtMost)
  )
}
