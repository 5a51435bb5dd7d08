import type { PotId } from "../../ledger/step.ts"

const LEAST = 1 << 16
/** So many slots for each pot: of pots that are not in it about one in as many is taken for one. */
const SLOTS_OF_POT = 8

/**
 * Pots that may be among some: a byte for each slot, and a pot's slot is the low bits of its number. A row is looked at
 * twice, and almost none touches anything traced, so that the answer must cost less than a look into a map.
 */
export class PotFilter {
  slots = new Uint8Array(LEAST)
  mask = LEAST - 1
  #added = 0

  add(pot: PotId): void {
    this.slots[pot & this.mask] = 1
    this.#added++
  }

  /** Whether so many have been added that it is worth making anew. */
  get isCrowded(): boolean {
    return this.#added * SLOTS_OF_POT > this.slots.length
  }

  /** Forgets all, and is wide enough for these. */
  refill(pots: Iterable<PotId>, count: number): void {
    let size = LEAST
    while (size < 2 * SLOTS_OF_POT * count && size < 2 ** 30) size *= 2
    this.slots = new Uint8Array(size)
    this.mask = size - 1
    this.#added = 0
    for (const pot of pots) this.add(pot)
  }
}
