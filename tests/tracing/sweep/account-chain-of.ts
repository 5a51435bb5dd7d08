import type { AccountRow } from "../../../src/ledger/account-row.ts"
import type { Step } from "../../../src/ledger/step.ts"
import { AccountRecords } from "../../../src/readers/account-records.ts"
import type { Answer } from "../../../src/tracing/need.ts"
import type { Findings, Unknown } from "../../../src/tracing/question.ts"
import {
  type AccountPast,
  type AccountRun,
  type DeclaredRow,
  NO_POT,
} from "../../../src/tracing/sweep/account-run.ts"
import { positionOf } from "../../../src/units/position.ts"
import type { OracleTheft } from "../../../testing/oracle/question.ts"

/** Rows in memory as a sweep reads them: all of them, and any run. */
export interface WholeAccounts {
  readonly source: AccountRecords
  readonly past: AccountPast
  /** The first row of each block up to the horizon, and the first beyond it. */
  readonly blocks: readonly number[]
  readonly declared: readonly DeclaredRow[]
  readonly credits: Findings["credits"]
  readonly unknown: readonly Unknown[]
  stepAt(row: number): Step
  run(rowFrom: number, rowEnd: number): AccountRun
}

/** @param rows all with a height */
export function accountsOf(
  rows: readonly AccountRow[],
  thefts: readonly OracleTheft[],
  toHeight: number | null,
): WholeAccounts {
  const source = new AccountRecords(rows, toHeight, asset => ({ asset, unit: "unit", decimals: 0 }))
  const told = <What extends Answer["what"]>(need: Parameters<typeof source.answer>[0][number]) =>
    source.answer([need])[0] as Answer & { what: What }
  const kept = rows.filter(({ tx }) => toHeight === null || (tx.height ?? 0) <= toHeight)
  const found = source.answer(kept.map(({ ref }) => ({ what: "theft", ref })))
  const steps = found.map(one => (one.what === "theft" && "step" in one.found ? one.found : null))
  const at = (row: number) => steps[row] as { step: Step; credit: number }
  const legs = new Map<number, number[]>()
  for (const row of kept.keys()) {
    const first = at(row).step.position
    legs.set(first, [...(legs.get(first) ?? []), row])
  }
  const isExchange = (row: number) => kept[row]?.exchange !== null
  const declared: DeclaredRow[] = []
  const credits: Findings["credits"][number][] = []
  const unknown: Unknown[] = []
  for (const [theft, { refs }] of thefts.entries()) {
    for (const ref of refs) {
      const row = rows.findIndex(one => one.ref === ref)
      const { asset, from, to, exchange, amount } = rows[row] as AccountRow
      const moves = row < kept.length && (from !== to || exchange !== null)
      credits.push({ theft, ref, asset, amount: moves && from !== to ? amount : 0n })
      if (moves) declared.push({ row: at(row).step.position, credit: at(row).credit, theft })
      else
        unknown.push({ what: row < kept.length ? "theft-moves-nothing" : "theft-beyond-horizon", theft, ref })
    }
  }
  const firsts = kept.flatMap(({ tx }, row) => (kept[row - 1]?.tx.height === tx.height ? [] : [row]))
  return {
    source,
    past: {
      standing: (pot, row) => told<"account">({ what: "account", pot, at: positionOf(0, row) }),
    },
    blocks: [...firsts, kept.length],
    declared,
    credits,
    unknown,
    stepAt: row => at(row).step,
    run(rowFrom, rowEnd) {
      const own = Array.from({ length: rowEnd - rowFrom }, (_, index) => rowFrom + index)
      const exchanges = own.filter(row => isExchange(row) && at(row).step.position === row)
      const end = (pot: number | string | undefined) => (typeof pot === "number" ? pot : NO_POT)
      return {
        rowFrom,
        rowEnd,
        from: Uint32Array.from(own, row => (isExchange(row) ? NO_POT : end(at(row).step.debits[0]?.pot))),
        to: Uint32Array.from(own, row => (isExchange(row) ? NO_POT : end(at(row).step.credits[0]?.to))),
        exchanges,
        rowsOf: first => {
          const own = legs.get(first) ?? []
          return { credits: own, debits: own.filter(row => kept[row]?.from !== null) }
        },
        stepAt: row => at(row).step,
      }
    },
  }
}
