import type { TransferRow } from "../oracle/rows.ts"
import { amountOn, type Scales, scalesOf } from "./amounts.ts"
import type { Dice } from "./dice.ts"

/** Far above 2^64, and sums of it far below 2^256. */
const HUGE = 1n << 90n

/** A row before its transaction gives it a place. */
export type Movement = Pick<TransferRow, "from" | "to" | "asset" | "amount"> & {
  kind?: string
  exchange?: string
}

/** What movements are made of; balances follow along so that most amounts can be paid. */
export class Market {
  readonly dice: Dice
  readonly accounts: readonly string[]
  readonly assets: readonly string[]
  readonly #scales: Scales
  readonly #balances = new Map<string, bigint>()

  constructor(dice: Dice) {
    this.dice = dice
    this.accounts = ["ann", "bob", "cyd", "dan", "eve", "fay", "gus"].slice(0, dice.int(3, 7))
    this.assets = ["gold", "iron", "zinc"].slice(0, dice.int(1, 3))
    this.#scales = scalesOf(dice)
  }

  account = (): string => this.dice.pick(this.accounts) ?? "ann"
  asset = (): string => this.dice.pick(this.assets) ?? "gold"

  /** All of the balance (which ends poison), a part, or any amount: beyond the balance it needs an opening lot. */
  payment(from: string, asset: string): bigint {
    const balance = this.#balances.get(`${from}/${asset}`) ?? 0n
    const any = amountOn(this.dice, this.dice.pick(this.#scales), HUGE)
    if (balance <= 0n || this.dice.chance(0.12)) return any
    if (this.dice.chance(0.2)) return balance
    return this.dice.chance(0.5) ? this.dice.upTo(balance) : any < balance ? any : balance
  }

  moved({ from, to, asset, amount }: Movement): void {
    const change = (account: string, by: bigint) => {
      const pot = `${account}/${asset}`
      this.#balances.set(pot, (this.#balances.get(pot) ?? 0n) + by)
    }
    change(from, -amount)
    change(to, amount)
    for (const account of this.accounts) {
      const pot = `${account}/${asset}`
      if ((this.#balances.get(pot) ?? 0n) < 0n) this.#balances.set(pot, 0n)
    }
  }
}
