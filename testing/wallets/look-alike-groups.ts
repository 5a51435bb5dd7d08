import { nearestLikeness } from "../../src/cases/screen-likeness.ts"
import { getOrMake } from "../../src/units/get-or-make.ts"
import { teller, unknownIn } from "./measure-address-look-alikes.ts"
import type { PoisonedWorld } from "./poisoned-world.ts"

/** Look-alikes of known addresses that have something in common. */
export interface Group {
  of: number
  told: number
  /** That share four characters at either end, which the program asked for before Lopp's list was looked at. */
  fourAndFour: number
}

/** By "bech32 2+5", how many characters they were ground for, and by the kind of address that they imitate. */
export type Groups = Map<string, Group>

export function addGroups(groups: Groups, poisoned: PoisonedWorld): void {
  const isTold = teller(poisoned)
  for (const { text, kind, forgery, isSo } of unknownIn(poisoned)) {
    if (forgery === null || !isSo) continue
    const { head, tail, imitates } = forgery
    const form = text.startsWith("bc1") ? "bech32" : "base58"
    const like = nearestLikeness(text, [poisoned.written.get(imitates) ?? ""])
    for (const key of [`${form} ${head}+${tail}`, kind]) {
      const group = getOrMake(groups, key, () => ({ of: 0, told: 0, fourAndFour: 0 }))
      group.of++
      if (isTold(text)) group.told++
      if (like !== null && like.head >= 4 && like.tail >= 4) group.fourAndFour++
    }
  }
}

/** Pairs of an honest address that is not known and a known one of its kind. */
export function honestPairs({ written, known }: PoisonedWorld): ReadonlyMap<string, number> {
  const counts = new Map<string, { known: number; others: number }>()
  for (const address of written.keys()) {
    const count = getOrMake(counts, address.kind, () => ({ known: 0, others: 0 }))
    if (known.has(address)) count.known++
    else count.others++
  }
  return new Map([...counts].map(([kind, count]) => [kind, count.known * count.others]))
}
