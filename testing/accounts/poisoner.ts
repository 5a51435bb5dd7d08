import type { Dice } from "../generator/dice.ts"
import { type AccountBook, ETHER, type StagedAccount, type StagedTransfer, WEI } from "./account-book.ts"

/**
 * How many first and last digits agree, and how often (of a hundred). The record of Bybit's theft has 4 and 4 twice, 3
 * and 5 once; the rest is assumed, also that a third of all are ground for less.
 */
const GROUND: readonly (readonly [head: number, tail: number, often: number])[] = [
  [4, 4, 35],
  [3, 5, 8],
  [3, 4, 12],
  [5, 5, 8],
  [6, 6, 4],
  [3, 3, 15],
  [4, 3, 8],
  [2, 4, 10],
]

/** Writes look-alikes of payees into the histories of those who paid them. */
export class Poisoner {
  readonly #book: AccountBook
  readonly #dice: Dice
  readonly #holder: number
  readonly #purse: StagedAccount
  readonly #token: string
  readonly #forgeryOf = new Map<StagedAccount, StagedAccount>()

  constructor(book: AccountBook, dice: Dice, holder: number) {
    this.#book = book
    this.#dice = dice
    this.#holder = holder
    this.#purse = book.open(holder, "own")
    this.#token = `erc20:fake-${holder}`
    book.endow(this.#purse, ETHER, 20n * WEI)
    book.endow(this.#purse, "erc20:usd", 10_000_000n)
  }

  /** A payment that was seen: one of three ways, as the literature has them. */
  poison({ from, to, asset, amount }: StagedTransfer): void {
    const forged = this.#forged(to)
    const roll = this.#dice.roll()
    if (roll < 0.4) this.#book.forge(this.#purse, from, forged, "erc20:usd", 0n)
    else if (roll < 0.7) this.#book.forge(this.#purse, from, forged, this.#token, amount)
    else {
      const dust = asset === ETHER ? 10_000_000_000_000n : BigInt(this.#dice.int(1, 2_000))
      const sent = asset === ETHER ? ETHER : "erc20:usd"
      const needs = dust + (sent === ETHER ? this.#book.feeOf(ETHER) : 0n)
      this.#book.pay(this.#purse, forged, ETHER, 2n * this.#book.feeOf("erc20:usd") + 4_000_000_000_000_000n)
      this.#book.pay(this.#purse, forged, sent, needs)
      this.#book.pay(forged, from, sent, dust)
    }
  }

  #forged(target: StagedAccount): StagedAccount {
    const known = this.#forgeryOf.get(target)
    if (known !== undefined) return known
    let roll = this.#dice.int(1, 100)
    const [head, tail] = GROUND.find(([, , often]) => {
      roll -= often
      return roll <= 0
    }) ?? [4, 4]
    const { address } = target
    const ends = { head: address.slice(2, 2 + head), tail: address.slice(-tail), imitates: target }
    const forged = this.#book.open(this.#holder, "forged", ends)
    this.#forgeryOf.set(target, forged)
    return forged
  }
}
