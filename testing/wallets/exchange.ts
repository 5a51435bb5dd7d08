import type { Dice } from "../generator/dice.ts"
import type { ChainBook } from "./chain-book.ts"
import { type Address, COIN, type Coin, type Payment, type Purse, sumOf } from "./coin.ts"
import { Wallet } from "./wallet.ts"

export interface ExchangeHabits {
  readonly kind: string
  /** Sweeps each deposit address by itself, or many in one transaction. */
  readonly sweepsTogether: boolean
  /** One hot address for ever, or a new one for each sweep and change. */
  readonly fixedHot: boolean
  readonly payoutsAtOnce: number
}

const HOT_LIMIT = 250 * COIN
const HOT_LEAST = 135 * COIN
/** Deposits below this wait. */
const SWEEP_LEAST = 200_000

/** Gives each customer an address, sweeps what comes there, pays out in batches, keeps most of it cold. */
export class Exchange {
  readonly holder: number
  /** What the exchange would be known by: its hot addresses, in the order of use. */
  readonly hotAddresses: Address[] = []
  readonly #book: ChainBook
  readonly #dice: Dice
  readonly #habits: ExchangeHabits
  readonly #hot: Wallet
  readonly #cold: Wallet
  readonly #deposits: Purse
  readonly #addressOf = new Map<number, Address>()
  #queue: Payment[] = []

  constructor(book: ChainBook, dice: Dice, holder: number, habits: ExchangeHabits) {
    this.#book = book
    this.#dice = dice
    this.#habits = habits
    this.holder = holder
    const { kind, fixedHot: reuses } = habits
    const manner = { kind, changeKind: kind, reuses, selection: "largest", changeLast: false } as const
    this.#hot = new Wallet(book, dice, holder, manner)
    this.#cold = new Wallet(book, dice, holder, {
      ...manner,
      kind: "p2wsh",
      changeKind: "p2wsh",
      reuses: true,
    })
    this.#deposits = { holder, coins: new Set() }
  }

  /** The address of a customer, always the same. */
  depositOf(customer: number): Address {
    const known = this.#addressOf.get(customer)
    if (known !== undefined) return known
    const address = this.#book.address(this.#deposits, this.#habits.kind, "deposit")
    this.#addressOf.set(customer, address)
    return address
  }

  withdraw(to: Address, value: number): void {
    this.#queue.push([to, value])
  }

  /** What it does of itself within one block. */
  work(feeRate: number): void {
    if (this.#dice.chance(0.35)) this.#sweep(feeRate)
    if (this.#queue.length >= this.#habits.payoutsAtOnce || this.#dice.chance(0.2)) this.#payOut(feeRate)
    if (this.#hot.balance > HOT_LIMIT) {
      this.#hot.pay("hot-to-cold", [[this.#cold.receive(), Math.floor(this.#hot.balance / 2)]], feeRate)
    } else if (this.#hot.balance < HOT_LEAST && this.#cold.balance > HOT_LEAST) {
      this.#cold.pay("cold-to-hot", [[this.#newHot(), Math.floor(this.#cold.balance / 3)]], feeRate)
    }
  }

  #newHot(): Address {
    const address = this.#hot.receive()
    if (this.hotAddresses.at(-1) !== address) this.hotAddresses.push(address)
    return address
  }

  #sweep(feeRate: number): void {
    const byAddress = new Map<Address, Coin[]>()
    for (const coin of this.#deposits.coins) {
      if (coin.spendableAt > this.#book.height) continue
      byAddress.set(coin.address, [...(byAddress.get(coin.address) ?? []), coin])
    }
    const ripe = [...byAddress.values()].filter(coins => sumOf(coins) >= SWEEP_LEAST)
    if (ripe.length === 0) return
    const groups = this.#habits.sweepsTogether ? [ripe.flat().slice(0, 40)] : ripe
    for (const group of groups) this.#hot.gather("sweep", group, this.#newHot(), feeRate)
  }

  #payOut(feeRate: number): void {
    const due = this.#queue.splice(0, this.#habits.payoutsAtOnce)
    if (due.length > 0 && !this.#hot.pay("payout", due, feeRate)) this.#queue.unshift(...due)
  }
}
