import { clusterAll } from "../../src/clustering/cluster-all.ts"
import { DEFAULT_GUARD, type MergeGuard } from "../../src/clustering/super-cluster.ts"
import { stageTwoExchanges, type TwoExchanges } from "./two-exchanges.ts"

export const GUARDS = {
  none: { ...DEFAULT_GUARD, size: Number.POSITIVE_INFINITY, soleLinks: 0 },
  "as it comes": { ...DEFAULT_GUARD, soleLinks: 0 },
  "in use": DEFAULT_GUARD,
} as const satisfies Readonly<Record<string, MergeGuard>>

export interface GuardCase {
  readonly name: string
  readonly meetAt: readonly number[]
  /** One address of so many has its exchange's label; null for none. */
  readonly labelled: number | null
  /** Both halves are one holder's: to hold them apart is wrong. */
  readonly isOneHolder: boolean
}

const two = (name: string, meetAt: readonly number[], labelled: number | null = null): GuardCase => {
  return { name, meetAt, labelled, isOneHolder: false }
}

export const GUARD_CASES: readonly GuardCase[] = [
  two("late", [0.9]),
  two("early", [0.05]),
  two("early and late", [0.05, 0.9]),
  two("nine times", [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]),
  two("late, 1 of 1,000 labelled", [0.9], 1_000),
  two("early, 1 of 1,000 labelled", [0.05], 1_000),
  two("at the very first, 1 of 1,000 labelled", [0.0005], 1_000),
  two("early and late, 1 of 1,000 labelled", [0.05, 0.9], 1_000),
  { name: "two halves of one exchange, late", meetAt: [0.9], labelled: null, isOneHolder: true },
  { name: "two halves of one exchange, early", meetAt: [0.05], labelled: null, isOneHolder: true },
]

export interface GuardCount {
  /** Transactions held back: those in which both put inputs, and others. */
  readonly meetings: number
  readonly others: number
  /** Pairs of addresses of two holders in one cluster, and of one holder in two. */
  readonly wrong: number
  readonly missed: number
}

export const ADDRESSES = 30_000

/** What a guard makes of two exchanges that met. */
export function measureGuard(
  { meetAt, labelled, isOneHolder }: GuardCase,
  guard: MergeGuard,
  addresses = ADDRESSES,
): GuardCount {
  const staged = stageTwoExchanges({ seed: 1, addresses, meetAt })
  const { columns, exchangeOf, meetings } = staged
  const actorOf = (owner: number): string | null =>
    labelled !== null && owner % labelled < 2 ? `exchange ${exchangeOf[owner]}` : null
  const { root, bridges } = clusterAll(columns, { ...guard, actorOf })
  const held = bridges.filter(({ tx }) => meetings.includes(tx)).length
  return { meetings: held, others: bridges.length - held, ...pairsIn(root, staged, isOneHolder) }
}

function pairsIn(root: Uint32Array, { exchangeOf }: TwoExchanges, isOneHolder: boolean) {
  const cells = new Map<number, [number, number]>()
  const total: [number, number] = [0, 0]
  for (const [owner, exchange] of exchangeOf.entries()) {
    const holder = isOneHolder ? 0 : exchange === 0 ? 0 : 1
    const cell = cells.get(root[owner] as number) ?? [0, 0]
    cell[holder]++
    total[holder]++
    cells.set(root[owner] as number, cell)
  }
  const among = (count: number) => (count * (count - 1)) / 2
  let [wrong, right] = [0, 0]
  for (const [a, b] of cells.values()) {
    wrong += a * b
    right += among(a) + among(b)
  }
  return { wrong, missed: among(total[0]) + among(total[1]) - right }
}
