import type { Dice } from "../generator/dice.ts"
import type { Address } from "./coin.ts"
import { likeInForm } from "./in-form-only.ts"

/** How many characters agree behind the prefix and at the end, and how often (of a hundred). */
type Ground = readonly (readonly [head: number, tail: number, often: number])[]

/**
 * Lopp ("Bitcoin Address Poisoning Attacks", 2025) lists nearly 48,000 transactions from a look-alike to what it
 * imitates, from December 2023 to January 2025. Of 72 pairs that we compared, from the beginning, the middle and the end
 * of the list, the 20 in bech32 agree in 2 and 5, the 52 in base58 in 2 and 4 (one in 2 and 5, as by chance). One tool
 * may have made them all. Every other row is assumed, also that a fifth is ground for less than the program asks for.
 */
const GROUND_BECH32: Ground = [
  [2, 5, 58],
  [2, 4, 6],
  [3, 4, 6],
  [4, 4, 6],
  [5, 5, 2],
  [1, 5, 8],
  [2, 3, 8],
  [1, 4, 6],
]
const GROUND_BASE58: Ground = [
  [2, 4, 60],
  [2, 5, 4],
  [3, 4, 6],
  [4, 4, 6],
  [5, 5, 2],
  [1, 4, 8],
  [2, 3, 8],
  [1, 3, 6],
]

/** What was made to look like an address. */
export interface Forgery {
  readonly text: string
  readonly imitates: Address
  readonly head: number
  readonly tail: number
}

/** Makes look-alikes of those who are paid; one of each is enough. */
export class AddressPoisoner {
  readonly #dice: Dice
  readonly #made = new Map<Address, Forgery>()

  constructor(dice: Dice) {
    this.#dice = dice
  }

  get forgeries(): readonly Forgery[] {
    return [...this.#made.values()]
  }

  /** @param text how it is written */
  imitate(address: Address, text: string): void {
    if (this.#made.has(address)) return
    let roll = this.#dice.int(1, 100)
    const [head, tail] = (text.startsWith("bc1") ? GROUND_BECH32 : GROUND_BASE58).find(([, , often]) => {
      roll -= often
      return roll <= 0
    }) ?? [2, 4]
    const forged = likeInForm(text, head, tail, this.#dice)
    this.#made.set(address, { text: forged, imitates: address, head, tail })
  }
}
