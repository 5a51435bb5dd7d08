import { drive } from "../../../src/cases/drive.ts"
import type { RuleName } from "../../../src/ledger/vocabulary.ts"
import type { Arrived, Findings, TracedFlow } from "../../../src/tracing/question.ts"
import type { AccountSweepQuestion } from "../../../src/tracing/sweep/account-book.ts"
import type { AccountSweepState } from "../../../src/tracing/sweep/account-state.ts"
import { AccountSweep, type SweptBlock, type TheftPart } from "../../../src/tracing/sweep/account-sweep.ts"
import { Dice } from "../../../testing/generator/dice.ts"
import type { Scenario } from "../../../testing/generator/scenario.ts"
import { oracle } from "../../../testing/oracle/oracle.ts"
import { accountRowsOf, scenarioWithHeights, transfersOf } from "../../stores/account-ledger/made.ts"
import { oracleSays, programSays } from "../compare.ts"
import { accountsOf, type WholeAccounts } from "./account-chain-of.ts"
import { takenAsTold, takenFromOutside } from "./account-taken.ts"

/** What a sweep says in some gait, what the oracle says, and what a trace says of what the oracle has no words for. */
export interface AccountTrial {
  readonly rule: RuleName
  readonly how: string
  readonly sweep: unknown
  readonly expected: unknown
}

/** What is traced in each row, by theft. */
type Parts = ReadonlyMap<number, readonly TheftPart[]>

export async function* accountTrials(seed: number): AsyncGenerator<AccountTrial> {
  const scenario = scenarioWithHeights(seed)
  const { conditions, thefts } = scenario
  const chain = accountsOf(accountRowsOf(transfersOf(scenario)), thefts, conditions.toHeight)
  const { services, stopAtServices, fees } = conditions
  const serviceOf = stopAtServices ? (address: string) => services.get(address) ?? null : () => null
  for (const rule of scenario.rules) {
    const flows: TracedFlow[] = []
    const question = { rule, thefts, fees, min: 0n, maxHops: null, serviceOf }
    let labels: Findings["labels"] | null = null
    const traced = await drive(question, chain.source, (flow, of) => {
      flows.push(flow)
      labels = of
    })
    const truth = oracle(scenario.ledger, thefts, { ...conditions, rule, min: 0n, maxHops: null })
    const { flows: _, ...said } = oracleSays(truth, rule)
    const expected = { ...said, ...beside(traced, chain) }
    const asked: AccountSweepQuestion = { rule, fees, declared: chain.declared, serviceOf }
    for (const { how, sweep, told } of gaits(asked, chain, new Dice(seed))) {
      const found = findingsOf(sweep, chain, serviceOf)
      const { flows: none, ...says } = programSays(found, [], chain.source, idsOf(scenario), rule)
      yield { rule, how, sweep: { ...says, ...beside(found, chain) }, expected }
      if (told === null) continue
      yield { rule, how: `${how}, taken back`, sweep: told.undone, expected: told.before }
      const made = madeBy(flows, labels, chain)
      yield { rule, how: `${how}, what came`, sweep: [...told.made], expected: [...made] }
      const [taken, outside] = [takenAsTold(told.taken, chain), takenFromOutside(asked, chain, made)]
      yield { rule, how: `${how}, what left`, sweep: taken, expected: outside }
    }
  }
}

const idsOf = ({ thefts }: Scenario): string[] => thefts.map(({ id }) => id)

interface Gait {
  readonly how: string
  readonly sweep: AccountSweep
  /** What blocks told of what left pots and came to them. */
  readonly told: {
    readonly taken: Parts
    readonly made: Parts
    /** States before blocks that were taken back, and after that. */
    readonly before: readonly unknown[]
    readonly undone: readonly unknown[]
  } | null
}

function* gaits(question: AccountSweepQuestion, chain: WholeAccounts, dice: Dice): Generator<Gait> {
  const { blocks, past } = chain
  const end = blocks.length - 1
  const run = (from: number, to: number) => chain.run(blocks[from] as number, blocks[to] as number)
  const whole = new AccountSweep(question, past)
  whole.run(run(0, end))
  yield { how: "at once", sweep: whole, told: null }

  let inRuns = new AccountSweep(question, past)
  for (let from = 0; from < end; ) {
    const to = Math.min(end, from + dice.int(1, 8))
    inRuns.run(run(from, to))
    inRuns = new AccountSweep(question, past, copied(inRuns.state()))
    from = to
  }
  yield { how: "in runs", sweep: inRuns, told: null }

  const blockwise = new AccountSweep(question, past)
  const done: SweptBlock[] = []
  const [before, undone]: unknown[][] = [[], []]
  for (let block = 0; block < end; block++) {
    before?.push(inOrder(blockwise.state()))
    blockwise.runBlock(run(block, block + 1)).takeBack()
    undone?.push(inOrder(blockwise.state()))
    done.push(blockwise.runBlock(run(block, block + 1)))
    if (!dice.chance(0.2)) continue
    for (let back = dice.int(1, 4); back > 0 && done.length > 0; back--) {
      done.pop()?.takeBack()
      block--
    }
  }
  const together = (all: readonly Parts[]): Parts =>
    new Map(all.flatMap(parts => [...parts]).sort(([a], [b]) => a - b))
  const told = {
    taken: together(done.map(({ taken }) => taken)),
    made: together(done.map(({ made }) => made)),
    before: before ?? [],
    undone: undone ?? [],
  }
  yield { how: "block by block", sweep: blockwise, told }
}

/** A state in which pots stand by their numbers: what is taken back is put at the end. */
function inOrder({ pots, openings, unknowns, ...rest }: AccountSweepState): unknown {
  const byText = (all: readonly unknown[]) =>
    all.map(one => JSON.stringify(one, (_, value) => (typeof value === "bigint" ? `${value}` : value))).sort()
  return { ...rest, pots: byText(pots), openings: byText(openings), unknowns: byText(unknowns) }
}

/** Through text and back, as a file keeps it. */
function copied(state: AccountSweepState): AccountSweepState {
  const text = JSON.stringify(state, (_, value) => (typeof value === "bigint" ? `${value}n` : value))
  return JSON.parse(text, (_, value) =>
    typeof value === "string" && /^\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value,
  )
}

function findingsOf(
  sweep: AccountSweep,
  chain: WholeAccounts,
  serviceOf: (address: string) => string | null,
): Findings {
  const arrived = sweep.arrivals.map(({ pot, row, asset, lots, grade, restsOn }): Arrived => {
    const name = chain.source.potName(pot)
    const address = name.slice(0, -asset.length - 1)
    const service = serviceOf(address) ?? "none"
    return { pot, asset, lots, grade, restsOn, address, service, step: chain.stepAt(row) }
  })
  return {
    labels: sweep.labels,
    figures: sweep.figures(),
    held: [...sweep.held()],
    arrived,
    unknown: [...chain.unknown, ...sweep.unknowns()],
    credits: chain.credits,
  }
}

/** Grades, gaps, declared credits: what the oracle does not tell, and a trace does. */
function beside(
  { held, arrived, unknown, credits }: Findings,
  { source }: WholeAccounts,
): Readonly<Record<string, unknown>> {
  const text = (value: unknown): string =>
    JSON.stringify(value, (_, one) => (typeof one === "bigint" ? `${one}` : one))
  const resting = ({ restsOn }: Pick<Findings["held"][number], "restsOn">) => {
    return restsOn.more ? "many" : restsOn.pots.map(pot => source.potName(pot)).sort()
  }
  return {
    grades: held.map(one => text([source.potName(one.pot), one.address, one.grade, resting(one)])).sort(),
    arrivals: arrived.map(one => text([one.pot, one.step.position, one.grade, resting(one)])).sort(),
    unknown: unknown.map(text).sort(),
    credits: credits.map(text),
  }
}

/** What came to pots by row and theft, as a trace told it. */
function madeBy(
  flows: readonly TracedFlow[],
  labels: Findings["labels"] | null,
  chain: WholeAccounts,
): Parts {
  const made = new Map<number, readonly TheftPart[]>()
  for (const { step, credit, to, lots } of flows) {
    if (to === null || credit === null || labels === null) continue
    const sums = new Map<number, bigint>()
    for (const { label, amount } of lots)
      for (const theft of labels.theftsOf(label)) sums.set(theft, (sums.get(theft) ?? 0n) + amount)
    const rows = chain.run(step.position, step.position).rowsOf(step.position).credits
    const parts = [...sums].sort(([a], [b]) => a - b).map(([theft, amount]) => ({ theft, amount }))
    made.set(rows[credit] as number, parts)
  }
  return new Map([...made].sort(([a], [b]) => a - b))
}
