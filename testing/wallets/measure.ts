import { knownWorld } from "./known-world.ts"
import { measureAddressLookAlikes } from "./measure-address-look-alikes.ts"
import { measureChange } from "./measure-change.ts"
import { measureClusters } from "./measure-clusters.ts"
import { measureDeposits } from "./measure-deposits.ts"
import { measureJoins } from "./measure-joins.ts"
import { poisonedWorld } from "./poisoned-world.ts"
import { addTallies, type Tallies } from "./tally.ts"

/** Every heuristic of chains of outputs on every world from the first seed to the last, both included. */
export function measure(from: number, to: number): Tallies {
  const tallies: Tallies = new Map()
  for (let seed = from; seed <= to; seed++) {
    const known = knownWorld(seed)
    for (const one of [measureJoins, measureClusters, measureChange, measureDeposits]) {
      addTallies(tallies, one(known))
    }
    addTallies(tallies, measureAddressLookAlikes(poisonedWorld(known.world)))
  }
  return tallies
}
