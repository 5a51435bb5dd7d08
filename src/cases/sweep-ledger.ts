import { freemem } from "node:os"
import { join } from "node:path"
import type { NETWORKS } from "../chains/bitcoin/network.ts"
import { networkOfChain } from "../chains/bitcoin/network-name.ts"
import { loadChain } from "../chains/chain.ts"
import { SWEEP_SCHEMA, type SweepDocument } from "../contracts/sweep.ts"
import type { RuleAnswers } from "../contracts/trace.ts"
import type { Gap } from "../ledger/gap.ts"
import type { RuleName } from "../ledger/vocabulary.ts"
import type { OnProgress } from "../ports/progress.ts"
import { type Columns, openColumns } from "../stores/columns/columns.ts"
import { loadSweep, type SavedSweep, saveSweep } from "../stores/sweeps/sweep-file.ts"
import { openSweeper } from "../stores/sweeps/sweepers.ts"
import { SweepLedger } from "../stores/utxo-ledger/sweep-ledger.ts"
import type { SweepState } from "../tracing/sweep/sweep-question.ts"
import { Problem } from "../units/problem.ts"
import { sweptAnswer } from "./sweep-answer.ts"
import { rulesByStart, SWEEPS_FOLDER, type SweepInquiry, type Swept } from "./sweep-inquiry.ts"
import { sweepKey } from "./sweep-key.ts"

/** What a transaction with its outputs and inputs takes in memory: 60 bytes of columns, and what rules keep beside. */
const BYTES_OF_TRANSACTION = 200
/** Blocks are streamed in runs of about so many transactions where the ledger does not fit. */
const STREAMED_TRANSACTIONS = 2_000_000

/**
 * Sweeps a ledger from its columns: every theft in one pass, under each rule, going on from where an earlier sweep of the
 * same question stood if the chain still has the block it stood at.
 *
 * @throws Problem `rule-needs-utxo` where a rule is asked for by name that the chain does not allow, and what opening throws
 */
export async function sweepLedger(
  inquiry: SweepInquiry,
  gapText: (gap: Gap) => string,
  onProgress: OnProgress,
): Promise<Swept> {
  const columns = openColumns(inquiry.folder)
  try {
    const { chain, shape } = columns.manifest
    if (shape === "account") {
      const { sweepAccounts } = await import("./sweep-accounts.ts")
      return await sweepAccounts(columns, inquiry, gapText, onProgress)
    }
    const network = networkOfChain(chain)
    if (network === null) throw new Problem("ledger-damaged", { reason: `manifest.json: ${chain} ${shape}` })
    return { document: await sweepUtxo(columns, network, inquiry, gapText, onProgress), grades: new Map() }
  } finally {
    columns.close()
  }
}

async function sweepUtxo(
  columns: Columns,
  network: keyof typeof NETWORKS,
  inquiry: SweepInquiry,
  gapText: (gap: Gap) => string,
  onProgress: OnProgress,
): Promise<SweepDocument> {
  const { folder, thefts, fees, rules, services } = inquiry
  const { chain: name } = columns.manifest
  const chain = await loadChain(name)
  const stops = new Map([...chain.services, ...services])
  const ledger = new SweepLedger(columns, network, stops, inquiry.toHeight)
  const { declared, beyond } = ledger.declared(thefts)
  const key = sweepKey({ thefts, fees, services: stops, chain: name })
  const fileOf = (rule: RuleName): string => join(folder, SWEEPS_FOLDER, key, `${rule}.sweep`)
  const saved = new Map(
    rules.map(rule => [rule, inquiry.fresh ? null : usable(loadSweep(fileOf(rule)), ledger)] as const),
  )
  const swept = new Map<RuleName, SweepState>()
  for (const group of groupsOf(rules, saved, inquiry.threads)) {
    const from = (saved.get(group[0] as RuleName)?.horizon.height ?? -1) + 1
    const sweepers = await Promise.all(
      group.map(rule =>
        openSweeper({ rule, fees, declared }, saved.get(rule)?.state ?? null, threadsFor(group, inquiry)),
      ),
    )
    try {
      for (const [start, end] of ledger.runs(from, runSize(inquiry, ledger.transactions))) {
        const run = ledger.run(start, end)
        await Promise.all(sweepers.map(sweeper => sweeper.run(run)))
        onProgress(folder, end, ledger.blocks, "blocks")
      }
      for (const [at, rule] of group.entries()) {
        const state = await (sweepers[at] as (typeof sweepers)[number]).finish()
        swept.set(rule, state)
        if (ledger.horizon !== null) saveSweep(fileOf(rule), { horizon: ledger.horizon, state })
      }
    } finally {
      await Promise.all(sweepers.map(sweeper => sweeper.close()))
    }
  }
  const ids = thefts.map(({ id }) => id)
  const answers = rules.map(rule => {
    return [rule, sweptAnswer(rule, swept.get(rule) as SweepState, ids, ledger, inquiry.list)] as const
  })
  const gaps: Gap[] = beyond.map(({ theft, ref }) => {
    return { code: "theft-beyond-horizon", pot: null, amount: null, detail: { theft, ref } }
  })
  return {
    schema: SWEEP_SCHEMA,
    chain: name,
    horizon: ledger.horizonTold,
    complete: true,
    gaps: gaps.map(gap => ({ code: gap.code, pot: null, amount: null, text: gapText(gap) })),
    answers: [
      {
        ...chain.native,
        thefts: ledger.creditsOf(thefts),
        rules: Object.fromEntries(answers.map(([rule, { answer }]) => [rule, answer])) as RuleAnswers,
      },
    ],
    counts: Object.fromEntries(
      answers.map(([rule, { holdings, arrivals }]) => [rule, { holdings, arrivals }]),
    ),
    resumedFrom: Object.fromEntries(rules.map(rule => [rule, saved.get(rule)?.horizon.height ?? null])),
  }
}

/** A saved sweep can be gone on with where the chain still has its block, and it is not beyond what is asked. */
function usable(saved: SavedSweep | null, ledger: SweepLedger): SavedSweep | null {
  if (saved === null || ledger.horizon === null) return null
  const { height, hash } = saved.horizon
  return height <= ledger.horizon.height && ledger.hashAt(height) === hash ? saved : null
}

/** Rules that go on from the same block, as many at a time as there are threads. */
function groupsOf(
  rules: readonly RuleName[],
  saved: ReadonlyMap<RuleName, SavedSweep | null>,
  threads: number,
): RuleName[][] {
  const groups: RuleName[][] = []
  for (const own of rulesByStart(rules, rule => saved.get(rule)?.horizon.height ?? null).values()) {
    for (let at = 0; at < own.length; at += Math.max(1, threads))
      groups.push(own.slice(at, at + Math.max(1, threads)))
  }
  return groups
}

/** A thread for each rule; those that are left over for each of them, which haircut can use. */
function threadsFor(group: readonly RuleName[], { threads }: SweepInquiry): number {
  return threads > 1 ? 1 + Math.max(0, threads - group.length) : 0
}

function runSize({ runTransactions }: SweepInquiry, transactions: number): number {
  if (runTransactions !== null) return runTransactions
  return transactions * BYTES_OF_TRANSACTION < freemem() / 2 ? transactions : STREAMED_TRANSACTIONS
}
