import type { Dice } from "../generator/dice.ts"
import type { AccountBook, StagedAccount, StagedTransfer } from "./account-book.ts"
import { Forgeries, type Ground, type Poisoner } from "./poisoner.ts"

/**
 * No record of anybody poisoning NEM's histories is known to us: all of this is assumed. Wallets write an address in
 * groups of six, so that 4 behind the network's two letters and 4 last are the first and the last group. A letter is
 * worth five bits and not four, so that grinding for as many takes longer than on Ethereum, and more of them have less.
 */
const GROUND: Ground = [
  [4, 4, 24],
  [4, 5, 6],
  [5, 4, 5],
  [5, 5, 3],
  [6, 4, 2],
  [3, 3, 22],
  [3, 4, 14],
  [4, 3, 12],
  [2, 4, 8],
  [2, 3, 4],
]

/** So much XEM and no more is dust: a hundredth. */
const MOST_DUST = 10_000
/** What it gives a look-alike for its fee where it does not count. */
const ROUND_SUM = 1_000_000n
const SUPPLY = 9_000_000_000_000_000n

/**
 * NEM's: only the signer can send, so that nothing is written in another's name. It sends dust, of XEM or of a mosaic that
 * it made, mostly from a look-alike, which must have XEM for the fee.
 */
export class DustingPoisoner implements Poisoner {
  readonly holder: number
  readonly #book: AccountBook
  readonly #dice: Dice
  readonly #purse: StagedAccount
  readonly #mosaic: string
  readonly #forgeries: Forgeries

  constructor(book: AccountBook, dice: Dice, holder: number) {
    const { native, assetNamed } = book.chain
    this.holder = holder
    this.#book = book
    this.#dice = dice
    this.#purse = book.open(holder, "own")
    this.#mosaic = assetNamed(`fake-${holder}`)
    this.#forgeries = new Forgeries(book, dice, holder, GROUND)
    book.endow(this.#purse, native.asset, 20n * native.whole)
    book.endow(this.#purse, this.#mosaic, SUPPLY)
  }

  /** Of its mosaic it sends as much as was paid, so that the number is the same. */
  poison({ from, to, amount }: StagedTransfer): void {
    const xem = this.#book.chain.native.asset
    const isXem = this.#dice.chance(0.6)
    const asset = isXem ? xem : this.#mosaic
    const sent = isXem ? BigInt(this.#dice.int(1, MOST_DUST)) : amount
    if (this.#dice.chance(0.2)) {
      this.#book.pay(this.#purse, from, asset, sent)
      return
    }
    const forged = this.#forgeries.of(to)
    const needs = this.#book.feeOf(asset, sent) + (isXem ? sent : 0n)
    this.#book.pay(this.#purse, forged, xem, this.#dice.chance(0.5) ? needs : atLeast(needs, ROUND_SUM))
    if (!isXem) this.#book.pay(this.#purse, forged, asset, sent)
    this.#book.pay(forged, from, asset, sent)
  }
}

const atLeast = (a: bigint, b: bigint): bigint => (a > b ? a : b)
