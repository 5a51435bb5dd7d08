import type { Dice } from "../generator/dice.ts"
import type { AccountBook, StagedAccount } from "./account-book.ts"
import { A_DAY, type AccountChain, blocksIn } from "./account-chain.ts"
import type { Agenda } from "./agenda.ts"

export interface ServiceHabits {
  /** Seconds from an arrival to its sweep, least and most. */
  readonly sweepsAfter: readonly [number, number]
  /** Or at fixed times, so many seconds apart: null for on arrival. */
  readonly sweepsEvery: number | null
  /** What is not worth a sweep waits for more. */
  readonly leaves: (chain: AccountChain) => Readonly<Record<string, bigint>>
  /** Ether, or what is worth as much, for a token's sweep, in thousandths, least and most. */
  readonly gas: readonly [number, number]
  /** Sweeps into an account that is known to nobody, and once a day from there into the hot one. */
  readonly collects: boolean
  /** Customers pay into the hot account itself, and say in a memo who they are. */
  readonly isOneAccount: boolean
}

/** What comes at fixed times takes some minutes, seconds least and most, and so does a token's sweep, for its fee. */
const ROUND = [12, 600] as const
const GAS_FIRST = 36

/** An exchange or a payment processor: gives customers accounts of their own and sweeps what comes there. */
export class Service {
  readonly holder: number
  readonly kind: ServiceKind
  readonly hot: StagedAccount
  readonly gas: StagedAccount
  readonly cold: StagedAccount
  readonly #collector: StagedAccount
  readonly #book: AccountBook
  readonly #agenda: Agenda
  readonly #dice: Dice
  readonly #habits: ServiceHabits
  readonly #leaves: Readonly<Record<string, bigint>>
  readonly #accountOf = new Map<number, StagedAccount>()
  readonly #planned = new Set<string>()

  constructor(book: AccountBook, agenda: Agenda, dice: Dice, holder: number, kind: ServiceKind) {
    this.#book = book
    this.#agenda = agenda
    this.#dice = dice
    this.#habits = HABITS[kind]
    this.#leaves = HABITS[kind].leaves(book.chain)
    this.kind = kind
    this.holder = holder
    this.hot = book.open(holder, "hot")
    this.gas = book.open(holder, "gas")
    this.cold = book.open(holder, "cold")
    this.#collector = this.#habits.collects ? book.open(holder, "intake") : this.hot
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

  /** What a customer has to write beside a payment; empty where he has an account of his own. */
  memoOf(customer: number): string {
    return this.#habits.isOneAccount ? `customer-${customer}` : ""
  }

  /** A customer paid into his account: it will be swept. */
  noteDeposit(account: StagedAccount, asset: string): void {
    if (account === this.hot) return
    const { sweepsEvery } = this.#habits
    const { height } = this.#book
    const at =
      sweepsEvery === null
        ? height + this.#dice.int(...this.#blocks(this.#habits.sweepsAfter))
        : this.#nextRound(this.#blocksIn(sweepsEvery)) + this.#dice.int(...this.#blocks(ROUND))
    const key = `${account.address} ${asset} ${at}`
    if (this.#planned.has(key)) return
    this.#planned.add(key)
    this.#agenda.at(at, () => this.#sweep(account, asset))
  }

  withdraw(to: StagedAccount, asset: string, amount: bigint, memo = ""): boolean {
    return this.#book.pay(this.hot, to, asset, amount, { memo })
  }

  /** Once a day. */
  keepHouse(assets: readonly string[]): void {
    for (const asset of assets) {
      if (this.#collector !== this.hot) this.#book.payAll(this.#collector, this.hot, asset)
      const has = this.#book.balance(this.hot, asset)
      if (this.#dice.chance(0.3)) this.#book.pay(this.hot, this.cold, asset, has / 4n)
    }
    const { asset, whole } = this.#book.chain.native
    this.#book.pay(this.hot, this.gas, asset, whole)
  }

  #sweep(account: StagedAccount, asset: string): void {
    const { native } = this.#book.chain
    const has = this.#book.balance(account, asset)
    if (has <= (this.#leaves[asset] ?? 0n)) return
    if (asset === native.asset) {
      this.#book.payAll(account, this.#collector, asset)
      return
    }
    const fee = this.#book.feeOf(asset, has)
    if (this.#book.balance(account, native.asset) < fee) {
      const gas = BigInt(this.#dice.int(...this.#habits.gas)) * (native.whole / 1_000n)
      this.#book.pay(this.gas, account, native.asset, gas)
    }
    const at = this.#book.height + this.#blocksIn(GAS_FIRST)
    this.#agenda.at(at, () => this.#book.payAll(account, this.#collector, asset))
  }

  #nextRound(every: number): number {
    return (Math.floor(this.#book.height / every) + 1) * every
  }

  #blocks([least, most]: readonly [number, number]): readonly [number, number] {
    return [this.#blocksIn(least), this.#blocksIn(most)]
  }

  #blocksIn(seconds: number): number {
    return blocksIn(this.#book.chain, seconds)
  }
}

const little = ({ native, dollar, share }: AccountChain) => {
  return {
    [native.asset]: native.whole / 500n,
    [dollar.asset]: 5n * dollar.whole,
    [share.asset]: share.whole,
  }
}
const more = ({ native, dollar, share }: AccountChain) => {
  return {
    [native.asset]: native.whole / 50n,
    [dollar.asset]: 30n * dollar.whole,
    [share.asset]: 5n * share.whole,
  }
}
const ON_ARRIVAL = {
  sweepsEvery: null,
  sweepsAfter: [36, 720],
  collects: false,
  isOneAccount: false,
} as const

/** How the five kinds of service act: set by hand, docs/clustering-error-rates.md says after what. */
export const HABITS = {
  prompt: { ...ON_ARRIVAL, leaves: little, gas: [2, 6] },
  "thrice-daily": { ...ON_ARRIVAL, sweepsEvery: A_DAY / 3, leaves: more, gas: [5, 20] },
  daily: { ...ON_ARRIVAL, sweepsEvery: A_DAY, leaves: more, gas: [4, 10] },
  collecting: { ...ON_ARRIVAL, sweepsAfter: [36, 3_600], leaves: little, gas: [2, 6], collects: true },
  memo: { ...ON_ARRIVAL, leaves: little, gas: [2, 6], isOneAccount: true },
} as const satisfies Readonly<Record<string, ServiceHabits>>

export type ServiceKind = keyof typeof HABITS
