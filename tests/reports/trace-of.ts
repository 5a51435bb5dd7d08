import { type Figures, TRACE_SCHEMA, type TraceDocument } from "../../src/contracts/trace.ts"
import { BUCKETS, type Bucket, CONSERVING_RULES, type ConservingRule } from "../../src/ledger/vocabulary.ts"
import type { ReportInput } from "../../src/reports/html/report.ts"
import type { Time } from "../../src/units/time.ts"

/** A payment of a hand-made trace: all of it traced, and the same under every rule. */
export interface Payment {
  readonly from: string | null
  /** Null: to where no record says. */
  readonly to: string | null
  readonly amount: bigint
  readonly time?: Time
  readonly tx?: string
}

export interface Made {
  readonly asset?: string
  readonly decimals?: number
  readonly rules?: readonly ConservingRule[]
  readonly services?: Readonly<Record<string, string>>
}

/** What the payments leave in each place, as a trace says it; what comes from nowhere is declared stolen. */
export function traceOf(payments: readonly Payment[], made: Made = {}): TraceDocument {
  const { asset = "XEM", decimals = 6, rules = ["fifo", "haircut"], services = {} } = made
  const pot = (account: string) => `${account}/${asset}`
  const balances = new Map<string, bigint>()
  const move = (account: string, change: bigint) =>
    balances.set(account, (balances.get(account) ?? 0n) + change)
  for (const { from, to, amount } of payments) {
    if (from !== null) move(from, -amount)
    if (to !== null) move(to, amount)
  }
  const sum = (some: readonly bigint[]) => some.reduce((total, amount) => total + amount, 0n)
  const held = [...balances].filter(([account, amount]) => amount > 0n && !Object.hasOwn(services, account))
  const arrived = payments.filter(({ to }) => to !== null && Object.hasOwn(services, to))
  const total: Figures = figures({
    declared: sum(payments.filter(({ from }) => from === null).map(({ amount }) => amount)),
    held: sum(held.map(([, amount]) => amount)),
    services: sum(arrived.map(({ amount }) => amount)),
    unrecorded: sum(payments.filter(({ to }) => to === null).map(({ amount }) => amount)),
  })
  const answer = {
    reconciles: true,
    total,
    byTheft: { theft: { ...total, collided: "0" } },
    holdings: held.map(([account, amount]) => {
      const traced = amount.toString()
      return { pot: pot(account), address: account, value: traced, traced, byTheft: { theft: traced } }
    }),
    arrivals: arrived.map(({ to, amount, tx = null, time = null }) => {
      const [address, traced] = [to as string, amount.toString()]
      const service = services[address] as string
      return { service, address, pot: pot(address), tx, time, traced, byTheft: { theft: traced } }
    }),
    flows: payments.map(({ from, to, amount, tx = null, time = null }) => ({
      kind:
        from === null ? ("theft" as const) : to === null ? ("unrecorded" as const) : ("transfer" as const),
      tx,
      height: null,
      time,
      from: from === null ? [] : [pot(from)],
      to: to === null ? null : pot(to),
      amount: amount.toString(),
      traced: amount.toString(),
      byTheft: { theft: amount.toString() },
      grade: "reported" as const,
    })),
  }
  const range = answer.holdings.map(({ pot, address, traced }) => ({
    pot,
    address,
    least: traced,
    most: traced,
  }))
  return {
    schema: TRACE_SCHEMA,
    case: null,
    chain: null,
    horizon: { height: null, hash: null, time: null },
    complete: true,
    gaps: [],
    answers: [
      {
        asset,
        unit: "micro",
        decimals,
        thefts: [{ id: "theft", refs: ["a#0"], declared: total.declared }],
        rules: Object.fromEntries(
          CONSERVING_RULES.filter(rule => rules.includes(rule)).map(rule => [rule, answer]),
        ),
        range,
      },
    ],
  }
}

export function figures(some: Partial<Record<Bucket, bigint>>): Figures {
  return Object.fromEntries(BUCKETS.map(bucket => [bucket, (some[bucket] ?? 0n).toString()])) as Figures
}

export function inputOf(trace: TraceDocument, more: Partial<ReportInput> = {}): ReportInput {
  return {
    trace,
    caseFile: null,
    command: "ashiato trace --transfers t.csv --theft a#0 --report r.html",
    version: "0.1.0",
    inputs: [{ name: "t.csv", sha256: "0".repeat(64) }],
    fees: "drop",
    stopAtServices: true,
    min: "0",
    maxHops: null,
    ...more,
  }
}

/** So many payments, each place paying several of the next ones: as wide and as deep as asked for. */
export function spreadOf(count: number): readonly Payment[] {
  const payments: Payment[] = [{ from: null, to: "place0", amount: 10n ** 15n }]
  const left = new Map([["place0", 10n ** 15n]])
  for (let at = 1; at < count; at++) {
    const from = `place${Math.floor((at - 1) / 3)}`
    const amount = (left.get(from) ?? 0n) / 3n
    left.set(from, (left.get(from) ?? 0n) - amount)
    left.set(`place${at}`, amount)
    payments.push({ from, to: `place${at}`, amount })
  }
  return payments
}
