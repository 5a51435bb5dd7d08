import type { Dice } from "../generator/dice.ts"
import type { AccountBook, StagedAccount } from "./account-book.ts"
import { assetsOf, blocksIn } from "./account-chain.ts"
import type { Contracts, Merchant, Person, Population } from "./account-population.ts"
import type { Service } from "./account-service.ts"
import type { Agenda } from "./agenda.ts"

/** How long those who forward and those who save wait, and an exchange with an order, in seconds, least and most. */
const WAITS = { forwards: [120, 24_000], saves: [36_000, 180_000], order: [60, 7_200] } as const
/** An ether's price in dollars. */
const PRICE = 2_000n

/** What people do with what they have, and what follows from it later. */
export class Dealings {
  readonly #book: AccountBook
  readonly #agenda: Agenda
  readonly #dice: Dice
  readonly #exchanges: readonly Service[]
  readonly #contracts: Contracts | null

  constructor(book: AccountBook, agenda: Agenda, dice: Dice, { exchanges, contracts }: Population) {
    this.#book = book
    this.#agenda = agenda
    this.#dice = dice
    this.#exchanges = exchanges
    this.#contracts = contracts
  }

  /** Pareto's: few are large, and none a thousand times the usual. */
  amount(asset: string): bigint {
    const { native, dollar, share } = this.#book.chain
    const times = Math.min(1_000, (1 - this.#dice.roll()) ** (-1 / 1.2))
    const thousandths = BigInt(Math.floor(times * 1_000))
    if (asset === native.asset) return (native.whole * thousandths) / 20_000n
    return asset === dollar.asset ? (dollar.whole * thousandths) / 20n : (share.whole * thousandths) / 100n
  }

  deposit(one: Person, asset: string, amount: bigint): boolean {
    const { account, exchange, holder } = one
    const to = exchange.accountOf(holder)
    if (!this.#book.pay(account, to, asset, amount, { memo: exchange.memoOf(holder) })) return false
    exchange.noteDeposit(to, asset)
    return true
  }

  /** From one exchange straight to an account at another. */
  between({ exchange, holder }: Person, asset: string, amount: bigint): void {
    const from = this.#dice.pick(this.#exchanges)
    if (from === undefined || from === exchange) return
    const to = exchange.accountOf(holder)
    if (from.withdraw(to, asset, amount, exchange.memoOf(holder))) exchange.noteDeposit(to, asset)
  }

  buy(one: Person, { person, processor }: Merchant, asset: string, amount: bigint): void {
    if (processor === null) {
      this.give(one.account, person, asset, amount)
      return
    }
    const account = processor.accountOf(person.holder)
    if (this.#book.pay(one.account, account, asset, amount)) processor.noteDeposit(account, asset)
  }

  give(from: StagedAccount, to: Person, asset: string, amount: bigint): void {
    if (!this.#book.pay(from, to.account, asset, amount) || to.manner !== "forwards") return
    this.#after(WAITS.forwards, () => this.#passOn(to))
  }

  /** Those who only ever pay the exchange are paid by somebody: a wage, or a payout of another exchange. */
  bePaid(one: Person): void {
    const { native, dollar } = this.#book.chain
    const from = this.#dice.pick(this.#exchanges)
    if (from === undefined || from === one.exchange) return
    const asset = this.#dice.pick([native.asset, native.asset, dollar.asset])
    if (!from.withdraw(one.account, asset, this.amount(asset))) return
    if (asset !== native.asset && this.#book.balance(one.account, native.asset) === 0n) {
      from.withdraw(one.account, native.asset, native.whole / 100n)
    }
    this.#after(one.manner === "forwards" ? WAITS.forwards : WAITS.saves, () => this.#passOn(one))
  }

  cashOut(one: Person): void {
    if (one.manner === "forwards") return
    const asset = this.#dice.pick(assetsOf(this.#book.chain))
    this.deposit(one, asset, (this.#book.balance(one.account, asset) * 3n) / 4n)
  }

  /** For dollars: by the pool, straight or through somebody's contract that keeps nothing; or by an exchange's order. */
  swap(one: Person): void {
    const { native, dollar } = this.#book.chain
    const amount = this.amount(native.asset)
    const got = (amount * PRICE * dollar.whole) / native.whole
    if (this.#contracts !== null) this.#swapAtPool(one.account, this.#contracts, amount, got)
    else if (this.deposit(one, native.asset, amount)) {
      this.#after(WAITS.order, () => one.exchange.withdraw(one.account, dollar.asset, got))
    }
  }

  #swapAtPool(from: StagedAccount, { pool, router }: Contracts, amount: bigint, got: bigint): void {
    const { native, dollar } = this.#book.chain
    const entry = this.#dice.chance(0.3) ? router : pool
    if (!this.#book.pay(from, entry, native.asset, amount)) return
    if (entry === router) this.#book.andMove(router, pool, native.asset, amount)
    this.#book.andMove(pool, from, dollar.asset, got)
  }

  /** Tokens first: what they cost comes off the ether. Some keep their tokens and sell the ether alone. */
  #passOn({ account, exchange, holder, keepsTokens }: Person): void {
    const to = exchange.accountOf(holder)
    const [native, ...tokens] = assetsOf(this.#book.chain)
    for (const asset of keepsTokens ? [native] : [...tokens, native]) {
      if (this.#book.payAll(account, to, asset, exchange.memoOf(holder))) exchange.noteDeposit(to, asset)
    }
  }

  #after([least, most]: readonly [number, number], does: () => void): void {
    const { chain, height } = this.#book
    this.#agenda.at(height + this.#dice.int(blocksIn(chain, least), blocksIn(chain, most)), does)
  }
}
