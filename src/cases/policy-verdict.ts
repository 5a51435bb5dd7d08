import type {
  Condition,
  LabelCondition,
  Policy,
  PolicyVerdict,
  TracedCondition,
} from "../contracts/policy.ts"
import type { ClusterItem, LabelItem, ScreenAnswer, TracedByRule, TracedItem } from "../contracts/screen.ts"
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
    const wanted = when.sanctioned
    const payers = payerFacts(when, answer, one => one.sanction, wanted === "ever")
    met.push([...pointers("/sanctions", sanctions, one => hasLabelled(one.address)), ...past, ...payers])
  }
  const { label, traced: tracing, unknown: codes } = when
  if (label !== undefined) {
    const fits = (one: LabelItem) => fitsLabel(one, label) && hasLabelled(one.address)
    const payers = payerFacts(when, answer, one => fitsLabel(one, label), false)
    met.push([...pointers("/sanctions", sanctions, fits), ...pointers("/labels", labels, fits), ...payers])
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

/**
 * Labels of an address's direct payers, where a rule asks for the side that spent. Not without: whoever is under
 * sanctions may send dust to anybody, and an address would be refused for what its owner had no part in.
 */
function payerFacts(
  { side }: Condition,
  { paidBy }: Pick<ScreenAnswer, "paidBy">,
  test: (item: LabelItem) => boolean,
  withPast: boolean,
): readonly string[] {
  if (side !== "spent" || paidBy === null) return []
  return paidBy.found.flatMap(({ labels, withdrawn }, at) => [
    ...pointers(`/paidBy/found/${at}/labels`, labels, test),
    ...(withPast ? pointers(`/paidBy/found/${at}/withdrawn`, withdrawn, test) : []),
  ])
}

/** One cluster has to meet all that a condition names; none of its facts where it does not. */
function clusterFacts(
  { notCarried, sanctioned, label, traced }: NonNullable<Condition["cluster"]>,
  path: string,
  cluster: ClusterItem,
): readonly string[] {
  const met: string[][] = []
  const labels = (test: (item: LabelItem) => boolean) => {
    const beyond = notCarried
      ? [
          ...pointers(`${path}/notCarried`, cluster.notCarried, test),
          ...cluster.heldBack.flatMap((link, at) =>
            pointers(`${path}/heldBack/${at}/labels`, link.labels, test),
          ),
        ]
      : []
    met.push([...pointers(`${path}/labels`, cluster.labels, test), ...beyond])
  }
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
    if (own === undefined) return null
    const amount = of === "received" ? BigInt(own.received) : heldAtMost(own)
    if (amount === null) return null
    return { amount, carried: BigInt(own.carried), hops: own.hops }
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

/** What arrived at a service may be there yet: whoever asks what is held must not be told that nothing is. */
function heldAtMost({ held, arrived }: TracedByRule): bigint | null {
  return held === null && arrived === "0" ? null : BigInt(held ?? "0") + BigInt(arrived)
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
