import type { RuleName } from "../../../src/ledger/vocabulary.ts"
import { RULES } from "../../../src/ledger/vocabulary.ts"
import type { FlatLots } from "../../../src/tracing/sweep/flat-lots.ts"
import { PotTable } from "../../../src/tracing/sweep/pot-table.ts"
import { PullSweep } from "../../../src/tracing/sweep/pull-sweep.ts"
import { openSweep, type Sweep } from "../../../src/tracing/sweep/sweep.ts"
import type { Declared } from "../../../src/tracing/sweep/sweep-chain.ts"
import type { SweepQuestion, SweepState } from "../../../src/tracing/sweep/sweep-question.ts"
import { sweptFigures } from "../../../src/tracing/sweep/swept-figures.ts"
import { makeBitcoinLedger } from "../../../testing/generator/bitcoin-ledger.ts"
import { Dice } from "../../../testing/generator/dice.ts"
import { makeConditions } from "../../../testing/generator/scenario.ts"
import { makeThefts } from "../../../testing/generator/thefts.ts"
import { oracle } from "../../../testing/oracle/oracle.ts"
import type { OracleTheft } from "../../../testing/oracle/question.ts"
import { chainOf, type WholeChain } from "./chain-of.ts"

/** What a sweep and the oracle say of one random chain, in one form. */
export interface Said {
  readonly figures: unknown
  readonly lots: unknown
  readonly arrivals: unknown
}

export interface Trial {
  readonly rule: RuleName
  readonly how: string
  readonly sweep: Said
  readonly oracle: Said
}

/** Every rule, each gait: all blocks at once, in runs with the state saved and read between them, block by block with undoing. */
export function* trials(seed: number): Generator<Trial> {
  const dice = new Dice(seed)
  const ledger = makeBitcoinLedger(dice)
  const thefts = makeThefts(dice, ledger)
  const conditions = makeConditions(dice, ledger)
  const { fees, services, stopAtServices, toHeight } = conditions
  const stops = stopAtServices ? services : new Map<string, string>()
  const chain = chainOf(ledger, stops, toHeight)
  const declared = declaredOn(chain, thefts)
  for (const rule of RULES) {
    const truth = oracle(ledger, thefts, { ...conditions, rule, min: 0n, maxHops: null })
    const said = oracleSays(truth, rule)
    const question: SweepQuestion = { rule, fees, declared }
    for (const [how, sweep] of gaits(question, chain, dice)) {
      yield { rule, how, sweep: sweepSays(sweep, chain, thefts, rule), oracle: said }
    }
  }
}

function declaredOn(chain: WholeChain, thefts: readonly OracleTheft[]): Declared[] {
  const byOutput = new Map<number, number[]>()
  for (const [theft, { refs }] of thefts.entries()) {
    for (const ref of refs) {
      const output = chain.outputOf.get(ref)
      if (output !== undefined) byOutput.set(output, [...(byOutput.get(output) ?? []), theft])
    }
  }
  return [...byOutput].map(([output, own]) => ({ output, tx: chain.makerOf(output), thefts: own }))
}

function* gaits(question: SweepQuestion, chain: WholeChain, dice: Dice): Generator<readonly [string, Sweep]> {
  const whole = openSweep(question)
  whole.run(chain.run(0, chain.blocks))
  yield ["at once", whole]

  let state: SweepState | null = null
  let inRuns = openSweep(question)
  for (let from = 0; from < chain.blocks; ) {
    const to = Math.min(chain.blocks, from + dice.int(1, 8))
    inRuns.run(chain.run(from, to))
    const { pots, book } = inRuns.state()
    state = {
      pots: new PotTable(pots.arrays()),
      book: JSON.parse(JSON.stringify(book)) as SweepState["book"],
    }
    inRuns = openSweep(question, state)
    from = to
  }
  yield ["in runs", inRuns]

  const blockwise = new PullSweep(question)
  const undos: (() => void)[] = []
  for (let block = 0; block < chain.blocks; block++) {
    undos.push(blockwise.runBlock(chain.run(block, block + 1)))
    if (!dice.chance(0.2)) continue
    for (let back = dice.int(1, 4); back > 0 && undos.length > 0; back--) {
      undos.pop()?.()
      block--
    }
  }
  yield ["block by block", blockwise]
}

const sorted = <T>(items: readonly T[]): T[] =>
  items
    .map(item => ({ item, key: JSON.stringify(item) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ item }) => item)

const FIGURES = ["declared", "held", "services", "fees", "burned", "collided"] as const

function nonZero(figures: Readonly<Record<string, bigint>>, rule: RuleName): unknown {
  const names = rule === "poison" ? ["held", "services", "collided"] : FIGURES
  return names.map(name => `${name} ${figures[name] ?? 0n}`).filter(text => !text.endsWith(" 0"))
}

function sweepSays(sweep: Sweep, chain: WholeChain, thefts: readonly OracleTheft[], rule: RuleName): Said {
  const { pots } = sweep.state()
  const { book } = sweep
  const { total, byTheft } = sweptFigures(
    book,
    [...pots].map(([, lots]) => lots),
  )
  const namesOf = (label: number): string[] =>
    book.labels.theftsOf(label).map(theft => thefts[theft]?.id ?? "")
  const spelled = (lots: FlatLots, traced: boolean): unknown => {
    const pairs: [string, string][] = []
    for (let at = 0; at < lots.length; at += 2) {
      const names = namesOf(lots[at] as number)
      if (traced && names.length === 0) continue
      pairs.push([(rule === "poison" ? names.sort() : names).join("+"), `${lots[at + 1]}`])
    }
    return rule === "haircut" || traced ? table(pairs) : pairs
  }
  return {
    figures: [
      nonZero({ ...total }, rule),
      sorted([...byTheft].map(([theft, own]) => [thefts[theft]?.id, nonZero({ ...own }, rule)])).filter(
        ([, own]) => (own as unknown[]).length > 0,
      ),
    ],
    lots: sorted([...pots].map(([output, lots]) => [chain.potNames[output], spelled(lots, false)])),
    arrivals: sorted(book.arrivals.map(({ output, lots }) => [chain.potNames[output], tracedSum(lots)])),
  }
}

const tracedSum = (lots: FlatLots): string => {
  let sum = 0
  for (let at = 0; at < lots.length; at += 2) if (lots[at] !== 0) sum += lots[at + 1] as number
  return `${sum}`
}

function table(pairs: readonly [string, string][]): unknown {
  const sums = new Map<string, bigint>()
  for (const [name, amount] of pairs) sums.set(name, (sums.get(name) ?? 0n) + BigInt(amount))
  return sorted([...sums].map(([name, amount]) => [name, `${amount}`]))
}

function oracleSays({ answers }: ReturnType<typeof oracle>, rule: RuleName): Said {
  const [answer] = [...answers.values()]
  if (answer === undefined) throw new Error("the oracle answers for no asset")
  const { total, byTheft, holdings, lots, arrivals } = answer
  return {
    figures: [
      nonZero({ ...total }, rule),
      sorted([...byTheft].map(([id, own]) => [id, nonZero({ ...own }, rule)])).filter(
        ([, own]) => (own as unknown[]).length > 0,
      ),
    ],
    lots: sorted(
      holdings.map(({ pot }) => {
        const pairs = (lots.get(pot) ?? []).map(({ label, amount }): [string, string] => [
          (rule === "poison" ? [...label].sort() : label).join("+"),
          `${amount}`,
        ])
        return [pot, rule === "haircut" ? table(pairs) : pairs]
      }),
    ),
    arrivals: sorted(arrivals.map(({ pot, traced }) => [pot, `${traced}`])),
  }
}
