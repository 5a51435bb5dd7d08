import { Dice } from "../generator/dice.ts"
import { AccountBook, type StagedAccount, type StagedTransfer } from "./account-book.ts"
import { A_DAY, type AccountChain, assetsOf, blocksIn, type Size } from "./account-chain.ts"
import { Dealings } from "./account-dealings.ts"
import { type Person, type Population, populate } from "./account-population.ts"
import { Agenda } from "./agenda.ts"

export interface AccountWorld {
  readonly chain: AccountChain
  readonly seed: number
  /** The last block's height. */
  readonly blocks: number
  readonly book: AccountBook
  readonly population: Population
}

/** One economy of a chain, from its first block on; the same for the same seed. */
export function makeAccountWorld(chain: AccountChain, seed: number, size: Size = chain.size): AccountWorld {
  const dice = new Dice(seed)
  const book = new AccountBook(dice, chain)
  const agenda = new Agenda()
  const population = populate(book, agenda, dice, size.people)
  const world = new Economy(book, dice, population, new Dealings(book, agenda, dice, population))
  const day = blocksIn(chain, A_DAY)
  world.endow()
  for (; book.height <= size.blocks; book.height++) {
    agenda.run(book.height)
    if (dice.chance(size.active)) world.act()
    if (book.height % day === day / 2) world.keepHouse()
  }
  return { chain, seed, blocks: size.blocks, book, population }
}

class Economy {
  readonly #book: AccountBook
  readonly #dice: Dice
  readonly #all: Population
  readonly #dealings: Dealings
  readonly #cumulated: readonly number[]
  #poisoned = 0

  constructor(book: AccountBook, dice: Dice, all: Population, dealings: Dealings) {
    this.#book = book
    this.#dice = dice
    this.#all = all
    this.#dealings = dealings
    let sum = 0
    this.#cumulated = all.people.map(({ activity }) => {
      sum += activity
      return sum
    })
  }

  endow(): void {
    const { native, dollar } = this.#book.chain
    for (const { account, manner } of this.#all.people) {
      if (manner !== "usual") continue
      this.#book.endow(account, native.asset, this.#dealings.amount(native.asset) + native.whole / 5n)
      if (!this.#dice.chance(0.5)) continue
      this.#book.endow(account, dollar.asset, this.#dealings.amount(dollar.asset))
    }
  }

  act(): void {
    const one = this.#somebody()
    if (one.manner === "usual") this.#actUsually(one)
    else this.#dealings.bePaid(one)
    this.#watch()
  }

  /** Once a day: services keep house, merchants cash out, and a worthless token is sent about. */
  keepHouse(): void {
    const { chain } = this.#book
    const { exchanges, processor, merchants } = this.#all
    for (const service of [...exchanges, processor]) service.keepHouse(assetsOf(chain))
    for (const { person, processor: by } of merchants) {
      const { asset } = chain.dollar
      if (by !== null) by.withdraw(person.account, asset, this.#dealings.amount(asset))
      this.#dealings.cashOut(person)
    }
    this.#spam(this.#dice.shuffle(this.#book.accounts).slice(0, 12))
  }

  /** A contract of one's own writes that it was sent; where there are none, one makes it and sends it. */
  #spam(accounts: readonly StagedAccount[]): void {
    const { spammer } = this.#all
    const { hasContracts, assetNamed } = this.#book.chain
    const token = assetNamed(`spam-${this.#book.height}`)
    if (!hasContracts) this.#book.endow(spammer, token, BigInt(accounts.length))
    for (const account of accounts) {
      if (hasContracts) this.#book.forge(spammer, spammer, account, token, 1_000_000n)
      else this.#book.pay(spammer, account, token, 1n)
    }
  }

  #somebody(): Person {
    const roll = this.#dice.roll() * (this.#cumulated.at(-1) ?? 0)
    const found = this.#all.people[this.#cumulated.findIndex(sum => sum > roll)]
    if (found === undefined) throw new Error("there is nobody")
    return found
  }

  #actUsually(one: Person): void {
    const { people, merchants, vanity } = this.#all
    const { native, dollar, share } = this.#book.chain
    const roll = this.#dice.roll()
    const asset = this.#dice.pick([native.asset, native.asset, dollar.asset, share.asset])
    const amount = this.#dealings.amount(asset)
    const merchant = this.#dice.pick(merchants)
    const other = this.#dice.pick(people)
    const [shown] = vanity
    if (merchant === undefined || other === undefined || other === one) return
    if (roll < 0.3) this.#dealings.deposit(one, asset, amount)
    else if (roll < 0.5) one.exchange.withdraw(one.account, asset, amount)
    else if (roll < 0.55) this.#dealings.between(one, asset, amount)
    else if (roll < 0.72) this.#dealings.buy(one, merchant, asset, amount)
    else if (roll < 0.86) this.#dealings.give(one.account, other, asset, amount)
    else if (roll < 0.98 || shown === undefined) this.#dealings.swap(one)
    else this.#book.pay(one.account, this.#dice.pick(vanity) ?? shown, asset, amount)
    if (this.#book.balance(one.account, native.asset) < native.whole / 50n) {
      one.exchange.withdraw(one.account, native.asset, native.whole / 5n)
    }
  }

  /** Poisoners look at what was paid since they last looked: mostly at people's payments, also at sweeps. */
  #watch(): void {
    const { transfers } = this.#book
    const seen = transfers.length
    for (const transfer of transfers.slice(this.#poisoned, seen)) {
      if (!this.#isWorthIt(transfer)) continue
      const poisoner = this.#dice.pick(this.#all.poisoners)
      if (this.#dice.chance(transfer.from.use === "own" ? 0.08 : 0.03)) poisoner?.poison(transfer)
    }
    this.#poisoned = transfers.length
  }

  /** What poisoners sent themselves is not, nor what a contract did. */
  #isWorthIt({ from, to, amount }: StagedTransfer): boolean {
    if (amount === 0n || from.use === "forged" || to.use === "forged" || from.use === "contract") return false
    return this.#all.poisoners.every(({ holder }) => holder !== from.holder)
  }
}
