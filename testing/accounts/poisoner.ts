import type { Dice } from "../generator/dice.ts"
import type { AccountBook, StagedAccount, StagedTransfer } from "./account-book.ts"

/** Writes look-alikes of payees into the histories of those who paid them. */
export interface Poisoner {
  readonly holder: number
  /** What it does about a payment that it saw. */
  poison(seen: StagedTransfer): void
}

/** How many first characters (behind the network's two) and last ones agree, and how often, of a hundred. */
export type Ground = readonly (readonly [head: number, tail: number, often: number])[]

/** The look-alikes that one poisoner ground for: one of each payee. */
export class Forgeries {
  readonly #book: AccountBook
  readonly #dice: Dice
  readonly #holder: number
  readonly #ground: Ground
  readonly #of = new Map<StagedAccount, StagedAccount>()

  constructor(book: AccountBook, dice: Dice, holder: number, ground: Ground) {
    this.#book = book
    this.#dice = dice
    this.#holder = holder
    this.#ground = ground
  }

  of(target: StagedAccount): StagedAccount {
    const known = this.#of.get(target)
    if (known !== undefined) return known
    let roll = this.#dice.int(1, 100)
    const [head, tail] = this.#ground.find(([, , often]) => {
      roll -= often
      return roll <= 0
    }) ?? [4, 4]
    const { address } = target
    const ends = { head: address.slice(0, 2 + head), tail: address.slice(-tail), imitates: target }
    const forged = this.#book.open(this.#holder, "forged", ends)
    this.#of.set(target, forged)
    return forged
  }
}
