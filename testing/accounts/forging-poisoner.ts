import type { Dice } from "../generator/dice.ts"
import type { AccountBook, StagedAccount, StagedTransfer } from "./account-book.ts"
import { Forgeries, type Ground, type Poisoner } from "./poisoner.ts"

/**
 * The record of Bybit's theft has 4 and 4 twice, 3 and 5 once; the rest is assumed, also that a third of all are ground
 * for less.
 */
const GROUND: Ground = [
  [4, 4, 35],
  [3, 5, 8],
  [3, 4, 12],
  [5, 5, 8],
  [6, 6, 4],
  [3, 3, 15],
  [4, 3, 8],
  [2, 4, 10],
]

/** Ethereum's: contracts write for it what moved in another's name. */
export class ForgingPoisoner implements Poisoner {
  readonly holder: number
  readonly #book: AccountBook
  readonly #dice: Dice
  readonly #purse: StagedAccount
  readonly #token: string
  readonly #forgeries: Forgeries

  constructor(book: AccountBook, dice: Dice, holder: number) {
    const { native, dollar, assetNamed } = book.chain
    this.holder = holder
    this.#book = book
    this.#dice = dice
    this.#purse = book.open(holder, "own")
    this.#token = assetNamed(`fake-${holder}`)
    this.#forgeries = new Forgeries(book, dice, holder, GROUND)
    book.endow(this.#purse, native.asset, 20n * native.whole)
    book.endow(this.#purse, dollar.asset, 10n * dollar.whole)
  }

  /** One of three ways, as the literature has them. */
  poison({ from, to, asset, amount }: StagedTransfer): void {
    const forged = this.#forgeries.of(to)
    const { native, dollar } = this.#book.chain
    const ether = native.asset
    const roll = this.#dice.roll()
    if (roll < 0.4) this.#book.forge(this.#purse, from, forged, dollar.asset, 0n)
    else if (roll < 0.7) this.#book.forge(this.#purse, from, forged, this.#token, amount)
    else {
      const dust = asset === ether ? native.whole / 100_000n : BigInt(this.#dice.int(1, 2_000))
      const sent = asset === ether ? ether : dollar.asset
      const needs = dust + (sent === ether ? this.#book.feeOf(ether) : 0n)
      const fees = 2n * this.#book.feeOf(dollar.asset) + native.whole / 250n
      this.#book.pay(this.#purse, forged, ether, fees)
      this.#book.pay(this.#purse, forged, sent, needs)
      this.#book.pay(forged, from, sent, dust)
    }
  }
}
