import { describe, expect, it } from "vitest"
import { type BlockLots, sweepTelling } from "../../src/cases/follow-lots.ts"
import { RULES } from "../../src/ledger/vocabulary.ts"
import type { TracedPart } from "../../src/ports/block-moves.ts"
import { PullSweep } from "../../src/tracing/sweep/pull-sweep.ts"
import type { Declared } from "../../src/tracing/sweep/sweep-chain.ts"
import { makeBitcoinLedger } from "../../testing/generator/bitcoin-ledger.ts"
import { Dice } from "../../testing/generator/dice.ts"
import { makeConditions } from "../../testing/generator/scenario.ts"
import { makeThefts } from "../../testing/generator/thefts.ts"
import { oracle } from "../../testing/oracle/oracle.ts"
import { chainOf, type WholeChain } from "../tracing/sweep/chain-of.ts"

const told = (parts: readonly TracedPart[]) => parts.map(({ theft, amount }) => `${theft} ${amount}`).sort()

/** A chain by chance, followed block by block; per rule what was said of it, and what the oracle says of its credits. */
function followed(seed: number) {
  const dice = new Dice(seed)
  const ledger = makeBitcoinLedger(dice)
  const thefts = makeThefts(dice, ledger)
  const conditions = makeConditions(dice, ledger)
  const stops = conditions.stopAtServices ? conditions.services : new Map<string, string>()
  const chain = chainOf(ledger, stops, conditions.toHeight)
  const declared: Declared[] = []
  for (const [output, own] of declarations(chain, thefts)) {
    declared.push({ output, tx: chain.makerOf(output), thefts: own })
  }
  const ids = thefts.map(({ id }) => id)
  return RULES.map(rule => {
    const sweep = new PullSweep({ rule, fees: conditions.fees, declared })
    const blocks = Array.from({ length: chain.blocks }, (_, block) => {
      const run = chain.run(block, block + 1)
      return { run, lots: sweepTelling(sweep, run, declared, { rule, theftIds: ids }) }
    })
    const truth = oracle(ledger, thefts, { ...conditions, rule, min: 0n, maxHops: null })
    return { rule, chain, blocks, credits: creditsOf(truth) }
  })
}

function declarations(chain: WholeChain, thefts: readonly { refs: readonly string[] }[]) {
  const own = new Map<number, number[]>()
  for (const [theft, { refs }] of thefts.entries()) {
    for (const ref of refs) {
      const output = chain.outputOf.get(ref)
      if (output !== undefined) own.set(output, [...(own.get(output) ?? []), theft])
    }
  }
  return own
}

/** Every traced credit of the oracle, by the name of its output. */
function creditsOf({ answers }: ReturnType<typeof oracle>): Map<string, string[]> {
  const credits = new Map<string, string[]>()
  for (const { flows } of answers.values()) {
    for (const { to, byTheft } of flows) {
      if (to === null || !to.includes(":")) continue
      credits.set(to, [...byTheft].map(([theft, amount]) => `${theft} ${amount}`).sort())
    }
  }
  return credits
}

const madeIn = (blocks: readonly { lots: BlockLots }[], chain: WholeChain) =>
  new Map(
    blocks.flatMap(({ lots }) =>
      [...lots.made].map(([at, parts]) => [chain.potNames[at] ?? "", told(parts)]),
    ),
  )

describe("following a block tells what is traced in everything that it makes and spends", () => {
  it.each([1, 2, 3, 4])(
    "under every rule, 10 chains from seed %d00, as the oracle's flows have it",
    hundred => {
      let [within, count] = [0, 0]
      for (let seed = hundred * 100; seed < hundred * 100 + 10; seed++) {
        for (const { rule, chain, blocks, credits } of followed(seed)) {
          const made = madeIn(blocks, chain)
          for (const [pot, parts] of credits) {
            if (!chain.outputOf.has(pot)) continue
            count++
            expect(made.get(pot), `seed ${seed}, ${rule}, ${pot}`).toEqual(parts)
          }
          for (const [at, { run, lots }] of blocks.entries()) {
            for (const output of run.spent) {
              if (output >= run.outputFrom && lots.taken.has(output)) within++
              const maker = blocks.slice(0, at + 1).findLast(({ lots: { made } }) => made.has(output))
              const isStopped = maker !== undefined && maker.run.fate[output - maker.run.outputFrom] !== 0
              const had = isStopped ? undefined : maker?.lots.made.get(output)
              expect(lots.taken.get(output), `seed ${seed}, ${rule}, ${output}`).toEqual(had)
            }
          }
        }
      }
      expect(count).toBeGreaterThan(100)
      expect(within).toBeGreaterThan(0)
    },
  )
})
