import { likeness } from "../../src/clustering/look-alike.ts"
import { score, type Tallies, tallyOf } from "../wallets/tally.ts"
import type { StagedAccount } from "./account-book.ts"
import type { AccountWorld } from "./account-economy.ts"
import { labelsOf } from "./measure-deposit-accounts.ts"

/**
 * Counts addresses that are not known: those of services, every other deposit account, merchants and the first of a
 * holder's who grinds his own are. Right is one that was made to look like a known one and is told; missed is one that
 * was made so and is not told, for it shares less than is asked for.
 */
export function measureLookAlikes(world: AccountWorld): Tallies {
  const tallies: Tallies = new Map()
  const tally = tallyOf(tallies, "look-alike")
  const known = knownIn(world)
  const addresses = [...known].map(({ address }) => address)
  for (const account of world.book.accounts) {
    if (known.has(account)) continue
    const said = addresses.some(other => likeness(account.address, other) !== null)
    score(tally, said, account.imitates !== null && known.has(account.imitates))
  }
  return tallies
}

/** Of whom an address is told to be a look-alike: those with a label, and those in a case's record. */
export function knownIn(world: AccountWorld): ReadonlySet<StagedAccount> {
  const { book, population } = world
  const labels = labelsOf(world, ["hot", "gas", "cold", "contract"])
  const deposits = book.accounts.filter(({ use }) => use === "deposit")
  return new Set([
    ...book.accounts.filter(({ address }) => labels.has(address)),
    ...deposits.filter((_, n) => n % 2 === 0),
    ...population.merchants.map(({ person }) => person.account),
    ...population.vanity.slice(0, 1),
  ])
}
