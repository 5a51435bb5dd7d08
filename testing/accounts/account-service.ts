import type { Dice } from "../generator/dice.ts"
import { type AccountBook, ETHER, type StagedAccount, WEI } from "./account-book.ts"
import type { Agenda } from "./agenda.ts"

export interface ServiceHabits {
  /** Blocks from an arrival to its sweep, least and most. */
  readonly sweepsAfter: readonly [number, number]
  /** Or at fixed times, so many blocks apart: null for on arrival. */
  readonly sweepsEvery: number | null
  /** What is not worth a sweep, by asset, in smallest units: it waits for more. */
  readonly leaves: Readonly<Record<string, bigint>>
  /** Ether for a token's sweep, in thousandths, least and most. */
  readonly gas: readonly [number, number]
  /** Sweeps into an account that is known to nobody, and once a day from there into the hot one. */
  readonly collects: boolean
  /** Customers pay into the hot account itself, and say in a memo who they are. */
  readonly isOneAccount: boolean
}

const A_DAY = 7_200

/** An exchange or a payment processor: gives customers accounts of their own and sweeps what comes there. */
export class Service {
  readonly holder: number
  readonly hot: StagedAccount
  readonly gas: StagedAccount
  readonly cold: StagedAccount
  readonly #collector: StagedAccount
  readonly #book: AccountBook
  readonly #agenda: Agenda
  readonly #dice: Dice
  readonly #habits: ServiceHabits
  readonly #accountOf = new Map<number, StagedAccount>()
  readonly #planned = new Set<string>()

  constructor(book: AccountBook, agenda: Agenda, dice: Dice, holder: number, habits: ServiceHabits) {
    this.#book = book
    this.#agenda = agenda
    this.#dice = dice
    this.#habits = habits
    this.holder = holder
    this.hot = book.open(holder, "hot")
    this.gas = book.open(holder, "gas")
    this.cold = book.open(holder, "cold")
    this.#collector = habits.collects ? book.open(holder, "intake") : this.hot
  }

  /** The account of a customer, always the same. */
  accountOf(customer: number): StagedAccount {
    if (this.#habits.isOneAccount) return this.hot
    const known = this.#accountOf.get(customer)
    if (known !== undefined) return known
    const account = this.#book.open(this.holder, "deposit")
    this.#accountOf.set(customer, account)
    return account
  }

  /** A customer paid into his account: it will be swept. */
  noteDeposit(account: StagedAccount, asset: string): void {
    if (account === this.hot) return
    const { sweepsEvery, sweepsAfter } = this.#habits
    const { height } = this.#book
    const at =
      sweepsEvery === null
        ? height + this.#dice.int(...sweepsAfter)
        : (Math.floor(height / sweepsEvery) + 1) * sweepsEvery + this.#dice.int(1, 50)
    const key = `${account.address} ${asset} ${at}`
    if (this.#planned.has(key)) return
    this.#planned.add(key)
    this.#agenda.at(at, () => this.#sweep(account, asset))
  }

  withdraw(to: StagedAccount, asset: string, amount: bigint): boolean {
    return this.#book.pay(this.hot, to, asset, amount)
  }

  /** Once a day. */
  keepHouse(assets: readonly string[]): void {
    for (const asset of assets) {
      if (this.#collector !== this.hot) this.#book.payAll(this.#collector, this.hot, asset)
      const has = this.#book.balance(this.hot, asset)
      if (this.#dice.chance(0.3)) this.#book.pay(this.hot, this.cold, asset, has / 4n)
    }
    this.#book.pay(this.hot, this.gas, ETHER, WEI)
  }

  #sweep(account: StagedAccount, asset: string): void {
    const { leaves, gas } = this.#habits
    const has = this.#book.balance(account, asset)
    if (has <= (leaves[asset] ?? 0n)) return
    if (asset === ETHER) {
      this.#book.payAll(account, this.#collector, asset)
      return
    }
    const fee = this.#book.feeOf(asset)
    if (this.#book.balance(account, ETHER) < fee) {
      const ether = BigInt(this.#dice.int(...gas)) * (WEI / 1_000n)
      this.#book.pay(this.gas, account, ETHER, ether)
    }
    this.#agenda.at(this.#book.height + 3, () => this.#book.payAll(account, this.#collector, asset))
  }
}

const ON_ARRIVAL = { sweepsEvery: null, sweepsAfter: [3, 60], collects: false, isOneAccount: false } as const
const LITTLE = { ETH: WEI / 500n, "erc20:usd": 5_000_000n, "erc20:coin": WEI }
const MORE = { ETH: WEI / 50n, "erc20:usd": 30_000_000n, "erc20:coin": 5n * WEI }

/** How the five kinds of service act: set by hand, docs/clustering-error-rates.md says after what. */
export const HABITS = {
  prompt: { ...ON_ARRIVAL, leaves: LITTLE, gas: [2, 6] },
  "thrice-daily": { ...ON_ARRIVAL, sweepsEvery: A_DAY / 3, leaves: MORE, gas: [5, 20] },
  daily: { ...ON_ARRIVAL, sweepsEvery: A_DAY, leaves: MORE, gas: [4, 10] },
  collecting: { ...ON_ARRIVAL, sweepsAfter: [3, 300], leaves: LITTLE, gas: [2, 6], collects: true },
  memo: { ...ON_ARRIVAL, leaves: LITTLE, gas: [2, 6], isOneAccount: true },
} as const satisfies Readonly<Record<string, ServiceHabits>>
