import type { OwnersItem } from "../contracts/screen.ts"

/** Owners that are looked up on each side of a transaction; who is left out is counted, and told. */
const MOST_OWNERS = 1000

/** Owners on one side, each once, in the order of the record. */
export interface Side {
  readonly addresses: readonly string[]
  readonly leftOut: number
}

/** Whose a reference is: an address and an output are of who received them. */
export interface Owners {
  readonly spent: Side
  readonly received: Side
}

const NO_SIDE: Side = { addresses: [], leftOut: 0 }
export const NO_OWNERS: Owners = { spent: NO_SIDE, received: NO_SIDE }

/** Names are made for those that are told: making one costs more than finding its owner. */
export function sideOf<T>(owners: Iterable<T>, nameOf: (owner: T) => string | null): Side {
  const each = [...new Set(owners)]
  const names = each.slice(0, MOST_OWNERS).map(nameOf)
  const leftOut = Math.max(0, each.length - MOST_OWNERS)
  return { addresses: [...new Set(names.filter(name => name !== null))], leftOut }
}

/** Of nulls, which stand for nobody, none is told or counted. */
export function sideOfAddresses(addresses: Iterable<string | null>): Side {
  return sideOf(
    [...addresses].filter(address => address !== null),
    address => address,
  )
}

/** What several records say of one transaction. */
export function together(all: readonly Owners[]): Owners {
  const side = (name: keyof Owners): Side => {
    const { addresses, leftOut } = sideOfAddresses(all.flatMap(one => one[name].addresses))
    return { addresses, leftOut: all.reduce((sum, one) => sum + one[name].leftOut, leftOut) }
  }
  return { spent: side("spent"), received: side("received") }
}

/** Each once, those who received first. */
export function addressesOf({ spent, received }: Owners): readonly string[] {
  return [...new Set([...received.addresses, ...spent.addresses])]
}

export function ownersItem({ spent, received }: Owners): OwnersItem {
  return {
    spent: spent.addresses,
    received: received.addresses,
    leftOut: { spent: spent.leftOut, received: received.leftOut },
  }
}
