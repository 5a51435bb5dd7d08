import { UNTRACED } from "../../../src/tracing/label.ts"
import type { AccountSweepQuestion } from "../../../src/tracing/sweep/account-book.ts"
import { AccountSweep, type TheftPart } from "../../../src/tracing/sweep/account-sweep.ts"
import type { WholeAccounts } from "./account-chain-of.ts"

type Parts = ReadonlyMap<number, readonly TheftPart[]>

/** Sums by step, pot and theft, as text: what is zero is left out. */
class Sums {
  readonly #sums = new Map<string, bigint>()

  add(step: number, pot: number, theft: number, amount: bigint): void {
    const key = `step ${step}, pot ${pot}, theft ${theft}`
    this.#sums.set(key, (this.#sums.get(key) ?? 0n) + amount)
  }

  texts(): string[] {
    return [...this.#sums]
      .filter(([, sum]) => sum !== 0n)
      .map(([key, sum]) => `${key}: ${sum}`)
      .sort()
  }
}

/** What blocks told of what left pots, by step and pot. */
export function takenAsTold(taken: Parts, chain: WholeAccounts): string[] {
  const sums = new Sums()
  for (const [row, parts] of taken) {
    const step = chain.stepAt(row)
    const debit = step.debits[chain.run(row, row).rowsOf(step.position).debits.indexOf(row)]
    for (const { theft, amount } of parts) sums.add(step.position, debit?.pot ?? -1, theft, amount)
  }
  return sums.texts()
}

/**
 * The same from outside: what pots hold before and after each step, and what a trace says came to them. Under poison, which
 * conserves nothing, all that leaves a pot in which a theft's are is that theft's.
 *
 * @param made by row, as a trace tells it
 */
export function takenFromOutside(
  question: AccountSweepQuestion,
  chain: WholeAccounts,
  made: Parts,
): string[] {
  const sums = new Sums()
  const sweep = new AccountSweep(question, chain.past)
  let before = new Map<number, Map<number, bigint>>()
  for (let row = 0; row < (chain.blocks.at(-1) ?? 0); row++) {
    const step = chain.stepAt(row)
    sweep.run(chain.run(row, row + 1))
    const after = heldBy(sweep)
    const rows = chain.run(row, row).rowsOf(step.position)
    for (const pot of step.position === row ? new Set(step.debits.map(debit => debit.pot)) : []) {
      const thefts = new Set([...(before.get(pot)?.keys() ?? []), ...(after.get(pot)?.keys() ?? [])])
      if (question.rule === "poison") {
        const isMove = step.shape === "exchange" || step.credits[0]?.to !== pot
        for (const { pot: own, amount } of isMove ? step.debits : [])
          if (own === pot)
            for (const theft of before.get(pot)?.keys() ?? []) sums.add(row, pot, theft, amount)
        continue
      }
      for (const theft of thefts)
        sums.add(row, pot, theft, (before.get(pot)?.get(theft) ?? 0n) - (after.get(pot)?.get(theft) ?? 0n))
      for (const [at, { to, address }] of step.credits.entries()) {
        if (to !== pot || (address !== null && question.serviceOf(address) !== null)) continue
        for (const { theft, amount } of made.get(rows.credits[at] as number) ?? [])
          sums.add(row, pot, theft, amount)
      }
    }
    before = after
  }
  return sums.texts()
}

function heldBy(sweep: AccountSweep): Map<number, Map<number, bigint>> {
  const held = new Map<number, Map<number, bigint>>()
  for (const { pot, lots } of sweep.held()) {
    const own = new Map<number, bigint>()
    for (const { label, amount } of lots) {
      if (label === UNTRACED) continue
      for (const theft of sweep.labels.theftsOf(label)) own.set(theft, (own.get(theft) ?? 0n) + amount)
    }
    held.set(pot, own)
  }
  return held
}
