import { expect, it } from "vitest"
import { MEASURED_RATES, type MeasuredRecord } from "../../src/clustering/measured-rates.ts"
import type { AccountChain } from "../../testing/accounts/account-chain.ts"
import { ETHEREUM } from "../../testing/accounts/ethereum-accounts.ts"
import { measureAccounts } from "../../testing/accounts/measure-accounts.ts"
import { NEM } from "../../testing/accounts/nem-accounts.ts"
import { WORLDS } from "../../testing/wallets/economy.ts"
import { measure } from "../../testing/wallets/measure.ts"
import { LOOK_ALIKE_WORLDS } from "../../testing/wallets/poisoned-world.ts"
import type { Tallies } from "../../testing/wallets/tally.ts"

/** What is recorded of generators' worlds, and what these give now. */
function expectSame(worlds: readonly string[], count: (from: number, to: number) => Tallies): void {
  const recorded = MEASURED_RATES.filter(record => worlds.includes(record.worlds))
  const [from, to] = recorded[0]?.seeds ?? [1, 0]
  for (const { seeds } of recorded) expect(seeds).toEqual([from, to])
  expect(Object.fromEntries(count(from, to))).toEqual(Object.fromEntries(recorded.map(counted)))
}

const counted = ({ heuristic, truePositives, falsePositives, falseNegatives }: MeasuredRecord) =>
  [heuristic, { truePositives, falsePositives, falseNegatives }] as const

it("gives on all worlds of outputs the very counts that are printed beside answers", () => {
  expectSame([WORLDS, LOOK_ALIKE_WORLDS], measure)
})

it.each<AccountChain>([ETHEREUM, NEM])("gives them on all worlds of accounts: $worlds", chain => {
  expectSame([chain.worlds], (from, to) => measureAccounts(chain, from, to))
})
