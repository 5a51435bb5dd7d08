import { Dice } from "../generator/dice.ts"
import { ChainBook, MATURITY } from "./chain-book.ts"
import { COIN, type Payment, type StagedTransaction, sumOf } from "./coin.ts"
import type { Exchange } from "./exchange.ts"
import { mixSometimes } from "./mixing.ts"
import { payjoin } from "./payjoin.ts"
import { type Person, type Population, populate } from "./population.ts"
import type { Wallet } from "./wallet.ts"

export interface World {
  readonly seed: number
  readonly transactions: readonly StagedTransaction[]
  readonly exchanges: readonly Exchange[]
  /** Holders of shops. */
  readonly merchants: readonly number[]
}

/** The name under which figures measured on these worlds are told; changed whenever a world comes out otherwise. */
export const WORLDS = "staged-wallets-1"

const BLOCKS = 260
const ACTS = 11

/** One economy, from its first block on; the same for the same seed. */
export function makeWorld(seed: number): World {
  const dice = new Dice(seed)
  const book = new ChainBook()
  const all = populate(book, dice)
  for (let height = 1; height <= MATURITY; height++) mine(book, dice, all)
  for (const person of [...all.people, ...all.peelers]) endow(dice, person)
  for (let block = 0; block < BLOCKS; block++) {
    for (const { wallets, exchange, holder } of all.miners) {
      const [{ spendable }] = wallets
      const value = sumOf(spendable)
      if (value > 0) wallets[0].gather("payment", spendable, exchange.depositOf(holder), rateOf(dice))
    }
    // By then the first have been paid out.
    if (block > 5) {
      for (let act = 0; act < ACTS; act++) actOnce(book, dice, all)
      mixSometimes(book, dice, all, block)
    }
    for (const exchange of all.exchanges) exchange.work(rateOf(dice))
    mine(book, dice, all)
  }
  const merchants = all.merchants.map(({ holder }) => holder)
  return { seed, transactions: book.transactions, exchanges: all.exchanges, merchants }
}

function mine(book: ChainBook, dice: Dice, { miners }: Population): void {
  const miner = dice.pick(miners)
  if (miner === undefined) throw new Error("nobody mines")
  book.mine(miner.wallets[0].receive())
}

const rateOf = (dice: Dice): number => dice.int(1, 40)

/** Bought at an exchange, in some pieces. */
function endow(dice: Dice, { wallets, exchange }: Person): void {
  for (const wallet of wallets) {
    for (let n = dice.int(2, 5); n > 0; n--) exchange.withdraw(wallet.receive(), amountOf(dice, 4 * COIN))
  }
}

/** Round in coins, or a price in another currency. */
function amountOf(dice: Dice, most: number): number {
  const amount = Math.max(50_000, Math.floor(most * dice.roll() ** 2))
  if (!dice.chance(0.4)) return amount
  const step = dice.pick([100_000, 1_000_000, 10_000_000])
  return Math.max(step, Math.floor(amount / step) * step)
}

function actOnce(book: ChainBook, dice: Dice, all: Population): void {
  const person = dice.pick(all.people)
  const other = dice.pick(all.people)
  const merchant = dice.pick(all.merchants)
  if (person === undefined || other === undefined || merchant === undefined || person === other) return
  const wallet = dice.pick(person.wallets) ?? person.wallets[0]
  const rate = rateOf(dice)
  const amount = amountOf(dice, COIN / 2)
  const roll = dice.roll()
  if (person.forwards) forward(person, rate)
  else if (roll < 0.33) wallet.pay("payment", [[merchant.wallets[0].receive(), amount]], rate)
  else if (roll < 0.5) wallet.pay("payment", [[other.wallets[0].receive(), amount]], rate)
  else if (roll < 0.62) wallet.pay("payment", [[person.exchange.depositOf(person.holder), amount]], rate)
  else if (roll < 0.8) person.exchange.withdraw(wallet.receive(), amountOf(dice, 2 * COIN))
  else if (roll < 0.84) cashOut(merchant, rate)
  else if (roll < 0.88) payjoin(book, dice, wallet, merchant.wallets[0], amount, rate)
  else if (roll < 0.91) consolidate(wallet, rate)
  else if (roll < 0.93) airdrop(dice, wallet, all, rate)
  else if (roll < 0.95) split(dice, wallet, rate)
  else peelOn(dice, all, rate)
}

/** All that came in, each coin by itself, to the person's own address at the exchange. */
function forward({ wallets: [wallet], exchange, holder }: Person, rate: number): void {
  for (const coin of wallet.spendable) {
    wallet.gather("payment", [coin], exchange.depositOf(holder), rate)
  }
}

function cashOut({ wallets: [wallet], exchange, holder }: Person, rate: number): void {
  const coins = wallet.spendable
  if (coins.length > 2) wallet.gather("payment", coins.slice(0, 50), exchange.depositOf(holder), rate)
}

function consolidate(wallet: Wallet, rate: number): void {
  const coins = wallet.spendable
  if (coins.length > 3) wallet.gather("consolidation", coins.slice(0, 30), wallet.receive(), rate)
}

/** The same amount to several people: it looks like a join and is none. */
function airdrop(dice: Dice, wallet: Wallet, { people }: Population, rate: number): void {
  const each = dice.pick([100_000, 500_000, 1_000_000, 234_567])
  const payees = dice.shuffle(people).slice(0, dice.int(3, 12))
  wallet.pay(
    "airdrop",
    payees.map(({ wallets }): Payment => [wallets[0].receive(), each]),
    rate,
  )
}

/** Into equal coins of one's own, to have some at hand. */
function split(dice: Dice, wallet: Wallet, rate: number): void {
  const each = Math.floor(wallet.balance / dice.int(4, 9))
  if (each < 200_000) return
  wallet.pay(
    "split",
    [
      [wallet.receive(), each],
      [wallet.receive(), each],
      [wallet.receive(), each],
    ],
    rate,
  )
}

/** A large coin, from which a little goes off at each hop: to people, or to an exchange. */
function peelOn(dice: Dice, { peelers, people }: Population, rate: number): void {
  const peeler = dice.pick(peelers)
  const payee = dice.pick(people)
  if (peeler === undefined || payee === undefined) return
  const { exchange, wallets } = peeler
  for (let hop = dice.int(1, 4); hop > 0; hop--) {
    const to = dice.chance(0.5) ? payee.exchange.depositOf(payee.holder) : payee.wallets[0].receive()
    wallets[0].pay("peel", [[to, amountOf(dice, COIN / 4)]], rate)
  }
  // What a peel chain is fed with, now and then.
  if (wallets[0].balance < COIN) exchange.withdraw(wallets[0].receive(), 5 * COIN)
}
