import { likeness } from "../../src/clustering/look-alike.ts"
import { score, type Tallies, tallyOf } from "../wallets/tally.ts"
import type { StagedAccount } from "./account-book.ts"
import type { AccountWorld } from "./account-economy.ts"
import { everyOtherDeposit, KNOWN, labelsOf } from "./measure-deposit-accounts.ts"

/** An account that is not known, and whether it is told to look like a known one. */
export interface LikenessSaid {
  readonly account: StagedAccount
  readonly isSaid: boolean
  /** Whether it was made to look like a known one. */
  readonly isSo: boolean
}

/**
 * Counts addresses that are not known. Right is one that was made to look like a known one and is told; missed is one that
 * was made so and is not told, for it shares less than is asked for.
 */
export function measureLookAlikes(world: AccountWorld): Tallies {
  const tallies: Tallies = new Map()
  const tally = tallyOf(tallies, world.chain.name === "nem" ? "look-alike-nem" : "look-alike")
  for (const { isSaid, isSo } of likenessesSaid(world)) score(tally, isSaid, isSo)
  return tallies
}

export function likenessesSaid(world: AccountWorld): readonly LikenessSaid[] {
  const known = knownIn(world)
  const addresses = [...known].map(({ address }) => address)
  return world.book.accounts.flatMap(account => {
    if (known.has(account)) return []
    const isSaid = addresses.some(other => likeness(account.address, other) !== null)
    return [{ account, isSaid, isSo: account.imitates !== null && known.has(account.imitates) }]
  })
}

/**
 * Of whom an address is told to be a look-alike, by a label or a case's record: services' accounts, every other deposit
 * account, merchants' and the first of a holder's who grinds his own.
 */
export function knownIn(world: AccountWorld): ReadonlySet<StagedAccount> {
  const { book, population } = world
  const labels = new Map([...labelsOf(world, KNOWN), ...everyOtherDeposit(world)])
  return new Set([
    ...book.accounts.filter(({ address }) => labels.has(address)),
    ...population.merchants.map(({ person }) => person.account),
    ...population.vanity.slice(0, 1),
  ])
}
