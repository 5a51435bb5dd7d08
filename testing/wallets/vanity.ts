import type { Dice } from "../generator/dice.ts"
import type { Address } from "./coin.ts"
import type { World } from "./economy.ts"
import { likeInForm } from "./in-form-only.ts"
import { beginningWith, type WordKind } from "./spelling.ts"

const OWN = 3
const KINDS = ["p2pkh", "p2wpkh"] as const satisfies readonly WordKind[]
/** What base58 and bech32 can write. */
const WORDS = { p2pkh: "Shop", p2wpkh: "sh0p" } as const

type Written = Map<Address, string>

/**
 * Some person's first three addresses of one kind begin and end alike: honest, and told all the same. His last
 * characters would be searched for with the checksum; here they are written down, and the checksum does not hold.
 */
export function grindOwn(world: World, written: Written, dice: Dice): readonly Address[] {
  const kind = KINDS[(world.seed / 4) % 2] ?? "p2pkh"
  const own = ofPerson(world, written, kind, OWN)
  const [first, ...others] = own
  for (const other of others) {
    written.set(other, likeInForm((first && written.get(first)) ?? "", 4, 4, dice))
  }
  return own
}

/** A shop's address and a person's three begin with the same word, of either kind: by that alone nobody is alike. */
export function takeWords(world: World, written: Written): readonly Address[] {
  const shops = new Set(world.merchants)
  return KINDS.flatMap(kind => {
    const shop = [...written.keys()].find(
      ({ kind: of, purse }) => of === kind && shops.has(purse?.holder ?? -1),
    )
    const all = [...(shop === undefined ? [] : [shop]), ...ofPerson(world, written, kind, OWN)]
    for (const address of all) {
      written.set(address, beginningWith(WORDS[kind], kind, `${world.seed} ${address.name}`))
    }
    return all
  })
}

/** The first addresses of the first person who has as many of this kind. */
function ofPerson({ exchanges, merchants }: World, written: Written, kind: string, count: number): Address[] {
  const others = new Set([...exchanges.map(({ holder }) => holder), ...merchants])
  const byHolder = new Map<number, Address[]>()
  for (const address of written.keys()) {
    const holder = address.purse?.holder ?? -1
    if (address.kind !== kind || others.has(holder)) continue
    const own = [...(byHolder.get(holder) ?? []), address]
    byHolder.set(holder, own)
    if (own.length === count) return own
  }
  throw new Error(`nobody has ${count} addresses of kind ${kind}`)
}
