import { makeAccountWorld } from "../accounts/account-economy.ts"
import { measureDepositAccounts } from "../accounts/measure-deposit-accounts.ts"
import { measureLookAlikes } from "../accounts/measure-look-alikes.ts"
import { knownWorld } from "./known-world.ts"
import { measureChange } from "./measure-change.ts"
import { measureClusters } from "./measure-clusters.ts"
import { measureDeposits } from "./measure-deposits.ts"
import { measureJoins } from "./measure-joins.ts"
import { addTallies, type Tallies } from "./tally.ts"

/** Every heuristic on every world from the first seed to the last, both included. */
export function measure(from: number, to: number): Tallies {
  const tallies: Tallies = new Map()
  for (let seed = from; seed <= to; seed++) {
    const known = knownWorld(seed)
    for (const one of [measureJoins, measureClusters, measureChange, measureDeposits]) {
      addTallies(tallies, one(known))
    }
  }
  for (let seed = from; seed <= to; seed++) {
    const world = makeAccountWorld(seed)
    for (const one of [measureDepositAccounts, measureLookAlikes]) addTallies(tallies, one(world))
  }
  return tallies
}
