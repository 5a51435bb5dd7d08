import type { SweepDocument } from "../contracts/sweep.ts"
import type { Grade } from "../ledger/grade.ts"
import type { RuleName } from "../ledger/vocabulary.ts"

/** Where a ledger keeps what its sweeps have come to. */
export const SWEEPS_FOLDER = "sweeps"

export interface SweepInquiry {
  readonly folder: string
  readonly thefts: readonly { readonly id: string; readonly refs: readonly string[] }[]
  readonly services: ReadonlyMap<string, string>
  readonly rules: readonly RuleName[]
  /** True for `--rule all`: rules that the chain does not allow are skipped, and said to be. */
  readonly allRules: boolean
  readonly fees: "drop" | "follow"
  readonly toHeight: number | null
  /** Begin at the beginning, whatever was kept. */
  readonly fresh: boolean
  /** How many holdings and arrivals are listed. */
  readonly list: number
  readonly threads: number
  /** Transactions of a run, rows on account chains; null for all of them where they fit. */
  readonly runTransactions: number | null
}

export interface Swept {
  readonly document: SweepDocument
  /** Of each listed holding by its pot, of each arrival by `arrivalKey`; empty on Bitcoin's family, where all are the chain's. */
  readonly grades: ReadonlyMap<string, Grade>
}

/** Rules by the height that they go on from: those that begin at the same block share the reading of it. */
export function rulesByStart(
  rules: readonly RuleName[],
  startOf: (rule: RuleName) => number | null,
): ReadonlyMap<number | null, RuleName[]> {
  const byStart = new Map<number | null, RuleName[]>()
  for (const rule of rules) {
    const start = startOf(rule)
    byStart.set(start, [...(byStart.get(start) ?? []), rule])
  }
  return byStart
}
