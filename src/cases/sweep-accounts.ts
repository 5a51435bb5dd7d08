import { join } from "node:path"
import { loadChain } from "../chains/chain.ts"
import { SWEEP_SCHEMA, type SweepDocument } from "../contracts/sweep.ts"
import type { Gap } from "../ledger/gap.ts"
import type { RuleName } from "../ledger/vocabulary.ts"
import type { OnProgress } from "../ports/progress.ts"
import { AccountLedgerSource } from "../stores/account-ledger/account-ledger-source.ts"
import { AccountSweepLedger } from "../stores/account-ledger/account-sweep-ledger.ts"
import type { Columns } from "../stores/columns/columns.ts"
import {
  loadAccountSweep,
  type SavedAccountSweep,
  saveAccountSweep,
} from "../stores/sweeps/account-sweep-file.ts"
import { AccountSweep } from "../tracing/sweep/account-sweep.ts"
import { answerFor, assetsAnswered } from "./answer.ts"
import { couldChangeAFigure, gapsOf } from "./gaps.ts"
import type { Inquiry } from "./inquiry.ts"
import { bookOf } from "./inquiry.ts"
import { knownAsset } from "./known-asset.ts"
import { PassedServices } from "./services-passed.ts"
import { type AccountsFound, accountsFound } from "./sweep-accounts-found.ts"
import { rulesByStart, SWEEPS_FOLDER, type SweepInquiry, type Swept } from "./sweep-inquiry.ts"
import { sweepKey } from "./sweep-key.ts"
import { gradesOf, rulesSkipped } from "./trace-case.ts"

/** Two numbers a row: so many take 8 MiB, and are read once for all rules. */
const ROWS_OF_A_RUN = 1 << 20

/** Sweeps a ledger of an account chain, or of a file of transfers; see `sweepLedger`. */
export async function sweepAccounts(
  columns: Columns,
  asked: SweepInquiry,
  gapText: (gap: Gap) => string,
  onProgress: OnProgress,
): Promise<Swept> {
  const { folder, thefts, fees, toHeight } = asked
  const { chain: name } = columns.manifest
  const chain = name === "" ? null : await loadChain(name)
  const services = new Map([...(chain?.services ?? []), ...asked.services])
  const source = new AccountLedgerSource(columns, { toHeight, assetOf: asset => knownAsset(asset, chain) })
  const skipped = rulesSkipped({ rules: asked.rules, allRules: asked.allRules, source })
  const rules = asked.rules.filter(rule => !skipped.includes(rule))
  const ledger = new AccountSweepLedger(columns, toHeight)
  const declared = ledger.declared(thefts)
  const own = join(folder, SWEEPS_FOLDER, sweepKey({ thefts, fees, services, chain: name }))
  const fileOf = (rule: RuleName): string => join(own, `${rule}.sweep`)
  const saved = new Map(
    rules.map(rule => [rule, asked.fresh ? null : usable(loadAccountSweep(fileOf(rule), ledger), ledger)]),
  )
  const found = new Map<RuleName, AccountsFound>()
  const startOf = (rule: RuleName): number | null => saved.get(rule)?.horizon.height ?? null
  for (const [start, group] of rulesByStart(rules, startOf)) {
    const serviceOf = (address: string): string | null => services.get(address) ?? null
    const sweeps = group.map(rule => {
      const question = { rule, fees, declared: declared.declared, serviceOf }
      return { rule, sweep: new AccountSweep(question, ledger, saved.get(rule)?.state ?? null) }
    })
    for (const run of ledger.runs(start, asked.runTransactions ?? ROWS_OF_A_RUN)) {
      for (const { sweep } of sweeps) sweep.run(run)
      onProgress(folder, run.rowEnd, ledger.rows, "rows")
    }
    for (const { rule, sweep } of sweeps) {
      if (ledger.horizon !== null)
        saveAccountSweep(fileOf(rule), { horizon: ledger.horizon, state: sweep.state() }, ledger)
      found.set(rule, accountsFound(sweep, declared, ledger, services, asked.list))
    }
  }
  const inquiry: Inquiry = {
    caseId: null,
    chain: chain?.name ?? null,
    source,
    notices: [],
    thefts,
    rules,
    allRules: asked.allRules,
    fees,
    min: 0n,
    maxHops: null,
    services,
    stopAtServices: true,
    flows: null,
  }
  const resumedFrom = Object.fromEntries(rules.map(rule => [rule, startOf(rule)]))
  return answered(inquiry, found, skipped, resumedFrom, gapText)
}

function answered(
  inquiry: Inquiry,
  found: ReadonlyMap<RuleName, AccountsFound>,
  skipped: readonly RuleName[],
  resumedFrom: SweepDocument["resumedFrom"],
  gapText: (gap: Gap) => string,
): Swept {
  const findings = new Map([...found].map(([rule, one]) => [rule, one.findings] as const))
  const gaps = gapsOf(inquiry, findings, skipped, new PassedServices(bookOf(inquiry)))
  const runs = new Map(
    [...findings].map(([rule, own]) => [rule, { findings: own, flows: new Map() }] as const),
  )
  const counts = [...found].map(([rule, { holdings, arrivals }]) => [rule, { holdings, arrivals }] as const)
  const document: SweepDocument = {
    schema: SWEEP_SCHEMA,
    chain: inquiry.chain,
    horizon: inquiry.source.horizon,
    complete: !gaps.some(couldChangeAFigure),
    gaps: gaps.map(gap => ({
      code: gap.code,
      pot: gap.pot,
      amount: gap.amount === null ? null : `${gap.amount}`,
      text: gapText(gap),
    })),
    answers: assetsAnswered(runs).map(asset => {
      // Lists are cut, and a holding's least and most over the rules would be of what is listed alone.
      const { range: _, ...answer } = answerFor(asset, inquiry, runs)
      return answer
    }),
    counts: Object.fromEntries(counts),
    resumedFrom,
  }
  return { document, grades: gradesOf(inquiry, [...findings.values()]) }
}

/** A saved sweep can be gone on with where the ledger still has its block and what it rests on, and it is not beyond what is asked. */
function usable(saved: SavedAccountSweep | null, ledger: AccountSweepLedger): SavedAccountSweep | null {
  if (saved === null || ledger.horizon === null) return null
  const { height, hash } = saved.horizon
  if (height > ledger.horizon.height || ledger.hashAt(height) !== hash) return null
  return ledger.openingsHold(saved.state) ? saved : null
}
