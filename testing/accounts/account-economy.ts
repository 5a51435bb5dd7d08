import { Dice } from "../generator/dice.ts"
import { AccountBook, ETHER, type StagedAccount, WEI } from "./account-book.ts"
import { ASSETS, type Person, type Population, populate, TOKENS } from "./account-population.ts"
import type { Service } from "./account-service.ts"
import { Agenda } from "./agenda.ts"

export interface AccountWorld {
  readonly seed: number
  readonly book: AccountBook
  readonly population: Population
}

/** The name under which figures measured on these worlds are told; changed whenever a world comes out otherwise. */
export const ACCOUNT_WORLDS = "staged-accounts-1"

/** Six days of Ethereum's blocks, twelve seconds apart. */
const A_DAY = 7_200
export const BLOCKS = 6 * A_DAY

/** How many people there are, for how many blocks, and the share of these in which somebody acts. */
export interface Size {
  readonly people: number
  readonly blocks: number
  readonly active: number
}

const FULL: Size = { people: 300, blocks: BLOCKS, active: 0.09 }

/** One economy, from its first block on; the same for the same seed. */
export function makeAccountWorld(seed: number, size: Size = FULL): AccountWorld {
  const dice = new Dice(seed)
  const book = new AccountBook(dice)
  const agenda = new Agenda()
  const all = populate(book, agenda, dice, size.people)
  const world = new Economy(book, agenda, dice, all)
  world.endow()
  for (; book.height <= size.blocks; book.height++) {
    agenda.run(book.height)
    if (dice.chance(size.active)) world.act()
    if (book.height % A_DAY === A_DAY / 2) world.keepHouse()
  }
  return { seed, book, population: all }
}

class Economy {
  readonly #book: AccountBook
  readonly #agenda: Agenda
  readonly #dice: Dice
  readonly #all: Population
  readonly #cumulated: readonly number[]
  #poisoned = 0

  constructor(book: AccountBook, agenda: Agenda, dice: Dice, all: Population) {
    this.#book = book
    this.#agenda = agenda
    this.#dice = dice
    this.#all = all
    let sum = 0
    this.#cumulated = all.people.map(({ activity }) => {
      sum += activity
      return sum
    })
  }

  endow(): void {
    for (const { account, manner } of this.#all.people) {
      if (manner !== "usual") continue
      this.#book.endow(account, ETHER, this.#amount(ETHER) + WEI / 5n)
      if (this.#dice.chance(0.5)) this.#book.endow(account, "erc20:usd", this.#amount("erc20:usd"))
    }
  }

  act(): void {
    const one = this.#somebody()
    if (one.manner === "usual") this.#actUsually(one)
    else this.#bePaid(one)
    this.#watch()
  }

  /** Once a day: services keep house, merchants cash out, and a worthless token is sent about. */
  keepHouse(): void {
    const { exchanges, processor, merchants, spammer } = this.#all
    for (const service of [...exchanges, processor]) service.keepHouse(ASSETS)
    for (const { person, processor: by } of merchants) {
      if (by !== null) by.withdraw(person.account, "erc20:usd", this.#amount("erc20:usd"))
      this.#cashOut(person)
    }
    const token = `erc20:spam-${this.#book.height}`
    for (const account of this.#dice.shuffle(this.#book.accounts).slice(0, 12)) {
      this.#book.forge(spammer, spammer, account, token, 1_000_000n)
    }
  }

  #somebody(): Person {
    const roll = this.#dice.roll() * (this.#cumulated.at(-1) ?? 0)
    const found = this.#all.people[this.#cumulated.findIndex(sum => sum > roll)]
    if (found === undefined) throw new Error("there is nobody")
    return found
  }

  /** Pareto's: few are large, and none a thousand times the usual. */
  #amount(asset: string): bigint {
    const times = Math.min(1_000, (1 - this.#dice.roll()) ** (-1 / 1.2))
    const thousandths = BigInt(Math.floor(times * 1_000))
    if (asset === ETHER) return (WEI * thousandths) / 20_000n
    return asset === "erc20:usd" ? 50_000n * thousandths : (WEI * thousandths) / 100n
  }

  #actUsually(one: Person): void {
    const { people, merchants, vanity } = this.#all
    const roll = this.#dice.roll()
    const asset = this.#dice.pick([ETHER, ETHER, ...TOKENS])
    const amount = this.#amount(asset)
    const merchant = this.#dice.pick(merchants)
    const other = this.#dice.pick(people)
    const [shown] = vanity
    if (merchant === undefined || other === undefined || other === one) return
    if (roll < 0.3) this.#deposit(one.account, one, asset, amount)
    else if (roll < 0.5) one.exchange.withdraw(one.account, asset, amount)
    else if (roll < 0.55) this.#between(one, asset, amount)
    else if (roll < 0.72) this.#buy(one, merchant.person, merchant.processor, asset, amount)
    else if (roll < 0.86) this.#give(one.account, other, asset, amount)
    else if (roll < 0.98 || shown === undefined) this.#swap(one.account)
    else this.#book.pay(one.account, this.#dice.pick(vanity) ?? shown, asset, amount)
    if (this.#book.balance(one.account, ETHER) < WEI / 50n) {
      one.exchange.withdraw(one.account, ETHER, WEI / 5n)
    }
  }

  #deposit(from: StagedAccount, { exchange, holder }: Person, asset: string, amount: bigint): boolean {
    const account = exchange.accountOf(holder)
    if (!this.#book.pay(from, account, asset, amount)) return false
    exchange.noteDeposit(account, asset)
    return true
  }

  /** From one exchange straight to an account at another. */
  #between(one: Person, asset: string, amount: bigint): void {
    const from = this.#dice.pick(this.#all.exchanges)
    if (from === undefined || from === one.exchange) return
    const account = one.exchange.accountOf(one.holder)
    if (from.withdraw(account, asset, amount)) one.exchange.noteDeposit(account, asset)
  }

  #buy(one: Person, seller: Person, by: Service | null, asset: string, amount: bigint): void {
    if (by === null) {
      this.#give(one.account, seller, asset, amount)
      return
    }
    const account = by.accountOf(seller.holder)
    if (this.#book.pay(one.account, account, asset, amount)) by.noteDeposit(account, asset)
  }

  #give(from: StagedAccount, to: Person, asset: string, amount: bigint): void {
    if (!this.#book.pay(from, to.account, asset, amount) || to.manner !== "forwards") return
    this.#agenda.at(this.#book.height + this.#dice.int(10, 2_000), () => this.#passOn(to))
  }

  /** Those who only ever pay the exchange are paid by somebody: a wage, or a payout of another exchange. */
  #bePaid(one: Person): void {
    const from = this.#dice.pick(this.#all.exchanges)
    if (from === undefined || from === one.exchange) return
    const asset = this.#dice.pick([ETHER, ETHER, "erc20:usd"])
    if (!from.withdraw(one.account, asset, this.#amount(asset))) return
    if (asset !== ETHER && this.#book.balance(one.account, ETHER) === 0n) {
      from.withdraw(one.account, ETHER, WEI / 100n)
    }
    const wait = one.manner === "forwards" ? this.#dice.int(10, 2_000) : this.#dice.int(3_000, 15_000)
    this.#agenda.at(this.#book.height + wait, () => this.#passOn(one))
  }

  /** Tokens first: what they cost comes off the ether. Some keep their tokens and sell the ether alone. */
  #passOn(one: Person): void {
    const account = one.exchange.accountOf(one.holder)
    for (const asset of one.keepsTokens ? [ETHER] : [...TOKENS, ETHER]) {
      if (this.#book.payAll(one.account, account, asset)) one.exchange.noteDeposit(account, asset)
    }
  }

  #cashOut(one: Person): void {
    if (one.manner === "forwards") return
    const asset = this.#dice.pick(ASSETS)
    this.#deposit(one.account, one, asset, (this.#book.balance(one.account, asset) * 3n) / 4n)
  }

  /** Ether for a token, straight or through somebody's contract that keeps nothing. */
  #swap(from: StagedAccount): void {
    const { pool, router } = this.#all
    const amount = this.#amount(ETHER)
    const entry = this.#dice.chance(0.3) ? router : pool
    if (!this.#book.pay(from, entry, ETHER, amount)) return
    if (entry === router) this.#book.andMove(router, pool, ETHER, amount)
    this.#book.andMove(pool, from, "erc20:usd", amount / 500_000_000n)
  }

  /** Poisoners look at what was paid since they last looked: mostly at people's payments, also at sweeps. */
  #watch(): void {
    const { transfers } = this.#book
    const seen = transfers.length
    for (const transfer of transfers.slice(this.#poisoned, seen)) {
      const { from, to, amount } = transfer
      if (amount === 0n || from.use === "forged" || to.use === "forged" || from.use === "contract") continue
      const poisoner = this.#dice.pick(this.#all.poisoners)
      if (this.#dice.chance(from.use === "own" ? 0.08 : 0.03)) poisoner?.poison(transfer)
    }
    this.#poisoned = transfers.length
  }
}
