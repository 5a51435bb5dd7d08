import { expect } from "vitest"
import type { Source } from "../../../src/ports/source.ts"
import { AccountRecords } from "../../../src/readers/account-records.ts"
import type { Need } from "../../../src/tracing/need.ts"
import { Dice } from "../../../testing/generator/dice.ts"
import type { Conditions, Scenario } from "../../../testing/generator/scenario.ts"
import { makeThefts } from "../../../testing/generator/thefts.ts"
import { makeNemLedger, type NemLedger } from "../../../testing/nis/nem-ledger.ts"
import { compare } from "../../tracing/compare.ts"
import { rowsFrom, withNode } from "./with-node.ts"

const RULES = ["fifo", "lifo", "haircut", "clean-first", "dirty-first", "poison"] as const

function scenarioOf(seed: number): { scenario: Scenario; made: NemLedger } {
  const dice = new Dice(seed)
  const made = makeNemLedger(dice)
  const ledger = { shape: "account", rows: made.rows } as const
  const services = new Map<string, string>()
  const service = dice.pick(made.accounts)
  if (service !== undefined && dice.chance(0.4)) services.set(service.address, "service")
  const conditions: Conditions = {
    fees: "drop",
    min: dice.chance(0.7) ? 0n : BigInt(dice.int(1, 1_000_000)),
    maxHops: dice.chance(0.7) ? null : dice.int(0, 4),
    services,
    stopAtServices: dice.chance(0.85),
    toHeight: dice.chance(0.3) ? dice.int(1, made.blocks.length) : null,
  }
  return { scenario: { seed, ledger, thefts: makeThefts(dice, ledger), conditions, rules: RULES }, made }
}

async function compareAll(scenario: Scenario, source: Source): Promise<number> {
  let flows = 0
  for (const fees of ["drop", "follow"] as const) {
    for (const rule of RULES) {
      const question = { ...scenario, conditions: { ...scenario.conditions, fees } }
      const { program, oracle } = await compare(question, source, rule)
      expect(program, `seed ${scenario.seed}, ${rule}, ${fees}`).toEqual(oracle)
      flows += (program.flows as unknown[]).length
    }
  }
  return flows
}

/** The same source, and whether it said of any account that its record may not be all. */
function watched(source: Source): { readonly source: Source; readonly isDoubted: () => boolean } {
  let doubted = false
  const answer = async (needs: readonly Need[]) => {
    const answers = await source.answer(needs)
    doubted ||= answers.some(each => each.what === "account" && (each.doubts ?? []).length > 0)
    return answers
  }
  const same = {
    shape: source.shape,
    horizon: source.horizon,
    notices: source.notices,
    answer,
    potName: (pot: number) => source.potName(pot),
    assetOf: (name: string) => source.assetOf(name),
  }
  return { source: same, isDoubted: () => doubted }
}

export interface Compared {
  readonly flows: number
  /** The node's lists left out what moved on an account that was followed, and the source said so. */
  readonly isDoubted: boolean
}

/**
 * A random ledger of NEM, signed and served by a node, traced account by account on demand and from the rows of its
 * blocks: both lot for lot as the oracle says. Whom a levy is paid to is not told by NIS in that account's list: there
 * the trace on demand may differ, but never without a doubt.
 */
export async function compareServed(seed: number): Promise<Compared> {
  const { scenario, made } = scenarioOf(seed)
  const { toHeight } = scenario.conditions
  return withNode(made, async ({ source, feed }) => {
    const { source: onDemand, isDoubted } = watched(await source({ toHeight }))
    const flows = await compareAll(scenario, onDemand).catch((error: unknown) => {
      if (isDoubted()) return 0
      throw error
    })
    const rows = await rowsFrom(await feed(), 1, made.blocks.length)
    expect(rows.map(({ ref }) => ref)).toEqual(made.rows.map(({ txid, n }) => `${txid}#${n}`))
    expect(new Set(rows.map(({ grade }) => grade))).toEqual(new Set(["chain"]))
    const assetOf = (asset: string) => ({ asset, unit: "part", decimals: 0 })
    const inSequence = await compareAll(scenario, new AccountRecords(rows, toHeight, assetOf))
    return { flows: flows + inSequence, isDoubted: isDoubted() }
  })
}
