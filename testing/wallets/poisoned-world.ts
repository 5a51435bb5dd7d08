import { Dice } from "../generator/dice.ts"
import { AddressPoisoner, type Forgery } from "./address-poisoner.ts"
import type { Address } from "./coin.ts"
import type { World } from "./economy.ts"
import { spellingOf } from "./spelling.ts"
import { grindOwn, takeWords } from "./vanity.ts"

/** The name under which figures measured here are told; changed whenever an address or a look-alike comes out otherwise. */
export const LOOK_ALIKE_WORLDS = "staged-look-alikes-1"

const POISONERS = 3
/** Of whoever is paid again, and of whoever is paid for the first time. */
const AGAIN = 0.1
const FIRST = 0.001

/** A finished world of wallets, its addresses as Bitcoin writes them, and who was imitated. */
export interface PoisonedWorld {
  readonly world: World
  /** In the order in which they were first paid. */
  readonly written: ReadonlyMap<Address, string>
  readonly forgeries: readonly Forgery[]
  /** Of whom an address is told to be a look-alike: they have labels. */
  readonly known: ReadonlySet<Address>
  /** Those of a holder who grinds his own to begin and end alike, the first of them known. */
  readonly ground: readonly Address[]
  /** Those that begin with the same word and end as they happen to. */
  readonly words: readonly Address[]
}

/** Adds to a world that is otherwise left as it is: nothing of it changes what was measured there. */
export function poisonedWorld(world: World): PoisonedWorld {
  const dice = new Dice(world.seed ^ 0x5eed)
  const written = new Map<Address, string>()
  for (const { outputs } of world.transactions) {
    for (const { address } of outputs) {
      // What nobody can spend has no address.
      if (address.purse !== null && !written.has(address)) {
        written.set(address, spellingOf(world.seed, address))
      }
    }
  }
  // One world in four has each.
  const ground = world.seed % 4 === 0 ? grindOwn(world, written, dice) : []
  const words = world.seed % 4 === 2 ? takeWords(world, written) : []
  const known = knownIn(world, written.keys(), ground)
  return { world, written, forgeries: poison(world, written, dice), known, ground, words }
}

/** Services' own addresses, every other deposit address, all that shops hold, and the first of a holder who grinds. */
function knownIn(
  { exchanges, merchants }: World,
  addresses: Iterable<Address>,
  ground: readonly Address[],
): ReadonlySet<Address> {
  const services = new Set(exchanges.map(({ holder }) => holder))
  const shops = new Set(merchants)
  const known = new Set(ground.slice(0, 1))
  let deposits = 0
  for (const address of addresses) {
    const holder = address.purse?.holder ?? -1
    if (address.use === "deposit") {
      if (deposits % 2 === 0) known.add(address)
      deposits++
    } else if (services.has(holder) || shops.has(holder)) known.add(address)
  }
  return known
}

/** Poisoners see every payment as it comes. */
function poison(
  { transactions }: World,
  written: ReadonlyMap<Address, string>,
  dice: Dice,
): readonly Forgery[] {
  const poisoners = Array.from({ length: POISONERS }, () => new AddressPoisoner(dice))
  const paid = new Set<Address>()
  for (const { outputs } of transactions) {
    for (const { address } of outputs) {
      const text = written.get(address)
      if (text === undefined) continue
      const chance = paid.has(address) ? AGAIN : FIRST
      paid.add(address)
      for (const poisoner of poisoners) if (dice.chance(chance)) poisoner.imitate(address, text)
    }
  }
  return poisoners.flatMap(({ forgeries }) => forgeries)
}
