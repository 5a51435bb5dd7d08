import { addTallies, type Tallies } from "../wallets/tally.ts"
import type { AccountChain } from "./account-chain.ts"
import { makeAccountWorld } from "./account-economy.ts"
import { measureDepositAccounts } from "./measure-deposit-accounts.ts"
import { measureLookAlikes } from "./measure-look-alikes.ts"

/** What is looked for on account chains, on a chain's worlds from the first seed to the last, both included. */
export function measureAccounts(chain: AccountChain, from: number, to: number): Tallies {
  const tallies: Tallies = new Map()
  for (let seed = from; seed <= to; seed++) {
    const world = makeAccountWorld(chain, seed)
    for (const one of [measureDepositAccounts, measureLookAlikes]) addTallies(tallies, one(world))
  }
  return tallies
}
