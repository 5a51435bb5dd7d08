import type { Inquiry } from "../../src/cases/inquiry.ts"
import type { SweepInquiry } from "../../src/cases/sweep-inquiry.ts"
import { sweepLedger } from "../../src/cases/sweep-ledger.ts"
import { traceCase } from "../../src/cases/trace-case.ts"
import { TRACE_SCHEMA } from "../../src/contracts/trace.ts"
import type { AccountBlock } from "../../src/ports/blocks.ts"
import { openAccountLedgerSource } from "../../src/stores/account-ledger/account-ledger-source.ts"
import { publishAccountColumns } from "../../src/stores/account-ledger/account-publish.ts"
import { createAccountTables } from "../../src/stores/account-ledger/account-tables.ts"
import { Dice } from "../../testing/generator/dice.ts"
import type { Scenario } from "../../testing/generator/scenario.ts"
import { figures } from "../cli/swept-as-traced.ts"
import {
  accountRowsOf,
  assetOf,
  blocksOf,
  connect,
  newFolder,
  scenarioWithHeights,
  storeAll,
  transfersOf,
} from "../stores/account-ledger/made.ts"

export interface LedgerTrial {
  readonly how: string
  readonly swept: unknown
  readonly traced: unknown
  /** What the program prints as JSON, as a trace's document. */
  readonly document: unknown
}

/**
 * A random ledger that is stored and published in two parts, as one that grows: swept up to a height, with all that it has
 * then, with more, and afresh, each beside a trace of the same columns.
 */
export async function* ledgerTrials(seed: number): AsyncGenerator<LedgerTrial> {
  const scenario = scenarioWithHeights(seed)
  const blocks = blocksOf(accountRowsOf(transfersOf(scenario)))
  const dice = new Dice(seed)
  const connection = await connect()
  try {
    await createAccountTables(connection)
    const folder = newFolder()
    const cut = dice.int(0, blocks.length - 1)
    const published = async (from: number, to: number): Promise<void> => {
      const added: readonly AccountBlock[] = blocks.slice(from, to)
      await storeAll(connection, added)
      await publishAccountColumns(connection, folder, { chain: "" })
    }
    await published(0, cut + 1)
    const known = new Set(blocks.slice(0, cut + 1).flatMap(({ rows }) => rows.map(({ ref }) => ref)))
    const asked = {
      ...scenario,
      thefts: scenario.thefts.map(theft => ({ ...theft, refs: theft.refs.filter(ref => known.has(ref)) })),
    }
    const some = blocks[dice.int(0, cut)]?.height ?? null
    yield await trial("up to a height", folder, asked, { toHeight: some, run: dice.int(1, 40) })
    yield await trial("with all there is", folder, asked, { toHeight: null, run: null })
    await published(cut + 1, blocks.length)
    yield await trial("with more", folder, asked, { toHeight: null, run: dice.int(1, 40) })
    yield await trial("all thefts", folder, scenario, { toHeight: null, run: null })
  } finally {
    connection.closeSync()
  }
}

async function trial(
  how: string,
  folder: string,
  { thefts, conditions, rules }: Scenario,
  { toHeight, run }: { readonly toHeight: number | null; readonly run: number | null },
): Promise<LedgerTrial> {
  const { services, fees } = conditions
  const common = { thefts, services, fees, rules, allRules: true }
  const inquiry: SweepInquiry = {
    ...common,
    folder,
    toHeight,
    fresh: false,
    list: 1_000_000,
    threads: 1,
    runTransactions: run,
  }
  const swept = await sweepLedger(
    inquiry,
    ({ code }) => code,
    () => {},
  )
  const source = openAccountLedgerSource(folder, { toHeight, assetOf })
  try {
    const traced: Inquiry = {
      ...common,
      caseId: null,
      chain: null,
      source,
      notices: [],
      min: 0n,
      maxHops: null,
      stopAtServices: true,
      flows: null,
    }
    const { document } = await traceCase(traced, ({ code }) => code)
    const { counts, resumedFrom, ...own } = swept.document
    const asTrace = { ...own, schema: TRACE_SCHEMA, case: null }
    return { how, swept: figures(swept.document), traced: figures(document), document: asTrace }
  } finally {
    source.close()
  }
}
