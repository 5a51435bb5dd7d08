import { expect } from "vitest"
import type { AccountRow } from "../../../src/ledger/account-row.ts"
import type { Credit, Debit, PotId, Step } from "../../../src/ledger/step.ts"
import type { Source } from "../../../src/ports/source.ts"
import type { Answer, Need } from "../../../src/tracing/need.ts"
import { type Position, positionOf } from "../../../src/units/position.ts"
import { Problem } from "../../../src/units/problem.ts"

/** A source's answer with pots by name, so that two sources can be compared. */
export function spelled(source: Source, need: Need): unknown {
  try {
    const [answer] = source.answer([need]) as readonly Answer[]
    return spell(source, answer as Answer)
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, detail: error.detail }
    throw error
  }
}

function spell(source: Source, answer: Answer): unknown {
  const pot = (id: Credit["to"]) => (typeof id === "number" ? source.potName(id) : id)
  const debit = (each: Debit) => ({ ...each, pot: pot(each.pot) })
  const credit = (each: Credit) => ({
    ...each,
    to: pot(each.to),
    ...(each.payer === undefined || each.payer < 0 ? {} : { payer: pot(each.payer) }),
  })
  const step = (each: Step) => ({
    ...each,
    debits: each.debits.map(debit),
    credits: each.credits.map(credit),
  })
  if (answer.what === "theft") {
    return "step" in answer.found ? { ...answer.found, step: step(answer.found.step) } : answer.found
  }
  if (answer.what === "account" || answer.what === "movements") {
    return { ...answer, steps: answer.steps.map(step) }
  }
  return answer
}

const at = (row: number): Position => positionOf(0, row)

/** Pots by name: a source numbers them from 0 as it likes. */
function potsOf(source: Source, names: ReadonlySet<string>): Map<string, PotId> {
  return new Map(Array.from(names, (_, pot) => [source.potName(pot), pot]))
}

/**
 * Asks two sources every question that can be asked of these rows, at every row, or at every so many.
 *
 * @param records whose answers are held to be right
 */
export function expectSameAnswers(
  rows: readonly AccountRow[],
  records: Source,
  ours: Source,
  every = 1,
): void {
  const ends = rows.flatMap(({ from, to, asset }) => {
    return [from, to].filter(end => end !== null && end !== "?").map(end => `${end}/${asset}`)
  })
  const names = new Set(ends)
  const [ourPots, theirPots] = [potsOf(ours, names), potsOf(records, names)]
  expect([...ourPots.keys()].sort()).toEqual([...names].sort())
  for (const { ref } of rows.filter((_, i) => i % every === 0)) {
    expect(spelled(ours, { what: "theft", ref })).toEqual(spelled(records, { what: "theft", ref }))
  }
  for (const [name, pot] of ourPots) {
    const theirs = theirPots.get(name) as number
    for (let row = 0; row <= rows.length; row += every) {
      const account = { what: "account", at: at(row) } as const
      expect(spelled(ours, { ...account, pot }), `${name} at ${row}`).toEqual(
        spelled(records, { ...account, pot: theirs }),
      )
      const movements = { what: "movements", after: at(row) } as const
      expect(spelled(ours, { ...movements, pot }), `${name} after ${row}`).toEqual(
        spelled(records, { ...movements, pot: theirs }),
      )
    }
  }
  expect(ours.notices).toEqual(records.notices)
}
