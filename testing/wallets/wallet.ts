import type { Dice } from "../generator/dice.ts"
import type { ChainBook } from "./chain-book.ts"
import { type Address, type Coin, type Doing, DUST, type Payment, type Purse, sumOf } from "./coin.ts"
import { type Selection, selectCoins, sizeOf } from "./coin-selection.ts"

export interface Habits {
  /** Of addresses that are given out. */
  readonly kind: string
  /** Of change; many wallets have had the same for both, some not. */
  readonly changeKind: string
  /** Gives the same address to everybody, and takes change back to where it came from. */
  readonly reuses: boolean
  readonly selection: Selection
  /** Change stands behind the payment; else anywhere. */
  readonly changeLast: boolean
}

/** One wallet of somebody, with its habits. */
export class Wallet {
  readonly purse: Purse
  readonly habits: Habits
  readonly #book: ChainBook
  readonly #dice: Dice
  #fixed: Address | null = null

  constructor(book: ChainBook, dice: Dice, holder: number, habits: Habits) {
    this.#book = book
    this.#dice = dice
    this.purse = { holder, coins: new Set() }
    this.habits = habits
  }

  get spendable(): Coin[] {
    return [...this.purse.coins].filter(({ spendableAt }) => spendableAt <= this.#book.height)
  }

  get balance(): number {
    return sumOf(this.spendable)
  }

  /** Where somebody may pay to. */
  receive(): Address {
    if (!this.habits.reuses) return this.fresh(this.habits.kind)
    this.#fixed ??= this.fresh(this.habits.kind)
    return this.#fixed
  }

  change(inputs: readonly Coin[]): Address {
    const [first] = inputs
    return this.habits.reuses && first !== undefined ? first.address : this.fresh(this.habits.changeKind)
  }

  fresh(kind: string): Address {
    return this.#book.address(this.purse, kind)
  }

  /** Pays, with change back to itself; false where there is not enough. */
  pay(doing: Doing, payments: readonly Payment[], feeRate: number): boolean {
    const target = payments.reduce((sum, [, value]) => sum + value, 0)
    const inputs = selectCoins(this.spendable, this.habits.selection, target, payments.length, feeRate)
    if (inputs === null) return false
    this.spend(doing, inputs, payments, feeRate)
    return true
  }

  /** Spends just these. */
  spend(doing: Doing, inputs: readonly Coin[], payments: readonly Payment[], feeRate: number): void {
    const paid = payments.reduce((sum, [, value]) => sum + value, 0)
    const rest = sumOf(inputs) - paid - feeRate * sizeOf(inputs.length, payments.length + 1)
    const outputs = [...payments]
    if (rest > DUST) {
      const place = this.habits.changeLast ? outputs.length : this.#dice.int(0, outputs.length)
      outputs.splice(place, 0, [this.change(inputs), rest])
    }
    this.#book.add(doing, inputs, outputs)
  }

  /** All of these into one output. False where they are worth less than their fee. */
  gather(doing: Doing, inputs: readonly Coin[], to: Address, feeRate: number): boolean {
    const value = sumOf(inputs) - feeRate * sizeOf(inputs.length, 1)
    if (inputs.length === 0 || value <= DUST) return false
    this.#book.add(doing, inputs, [[to, value]])
    return true
  }
}
