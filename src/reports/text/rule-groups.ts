import type { Arrival, AssetAnswer, Flow, Holding } from "../../contracts/trace.ts"
import { type Bucket, CONSERVING_RULES, type ConservingRule, type RuleName } from "../../ledger/vocabulary.ts"

type TheftFigure = Bucket | "collided"

/** Rules that give one and the same answer; they share a column. Poison, which conserves nothing, stands alone. */
export interface RuleGroup {
  readonly rules: readonly RuleName[]
  readonly conserves: boolean
  /** Null where the rule has no such figure. */
  total(bucket: Bucket): string | null
  ofTheft(id: string, figure: TheftFigure): string | null
  readonly thefts: readonly string[]
  readonly holdings: readonly Holding[]
  readonly arrivals: readonly Arrival[]
  /** By rule: rules that agree on every figure may still differ on the way there. */
  readonly flows: readonly {
    readonly rule: RuleName
    readonly told: readonly Flow[]
    readonly leftOut: number
  }[]
}

export function ruleGroups({ rules }: AssetAnswer): readonly RuleGroup[] {
  const byAnswer = new Map<string, ConservingRule[]>()
  for (const rule of CONSERVING_RULES) {
    const answer = rules[rule]
    if (answer === undefined) continue
    const { total, byTheft, holdings, arrivals } = answer
    const key = JSON.stringify([total, byTheft, holdings, arrivals])
    byAnswer.set(key, [...(byAnswer.get(key) ?? []), rule])
  }
  const groups = [...byAnswer.values()].map(agreeing => conservingGroup(agreeing, rules))
  return rules.poison === undefined ? groups : [...groups, poisonGroup(rules.poison)]
}

function conservingGroup(agreeing: readonly ConservingRule[], rules: AssetAnswer["rules"]): RuleGroup {
  const answers = agreeing.flatMap(rule => {
    const answer = rules[rule]
    return answer === undefined ? [] : [{ rule, answer }]
  })
  const { total, byTheft, holdings, arrivals } = (answers[0] as (typeof answers)[number]).answer
  return {
    rules: agreeing,
    conserves: true,
    total: bucket => total[bucket],
    ofTheft: (id, figure) => byTheft[id]?.[figure] ?? "0",
    thefts: Object.keys(byTheft),
    holdings,
    arrivals,
    flows: answers.map(({ rule, answer }) => ({
      rule,
      told: answer.flows,
      leftOut: answer.flowsLeftOut ?? 0,
    })),
  }
}

function poisonGroup({
  reach,
  byTheft,
  holdings,
  arrivals,
  flows,
  flowsLeftOut,
}: NonNullable<AssetAnswer["rules"]["poison"]>): RuleGroup {
  const isReached = (figure: TheftFigure): figure is "held" | "services" =>
    figure === "held" || figure === "services"
  return {
    rules: ["poison"],
    conserves: false,
    total: bucket => (isReached(bucket) ? reach[bucket] : null),
    ofTheft: (id, figure) => {
      return isReached(figure) || figure === "collided" ? (byTheft[id]?.[figure] ?? "0") : null
    },
    thefts: Object.keys(byTheft),
    holdings,
    arrivals,
    flows: [{ rule: "poison", told: flows, leftOut: flowsLeftOut ?? 0 }],
  }
}
