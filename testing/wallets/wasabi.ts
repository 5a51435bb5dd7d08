import type { Dice } from "../generator/dice.ts"
import type { ChainBook } from "./chain-book.ts"
import { type Address, COIN, type Coin, DUST, type Payment, sumOf } from "./coin.ts"
import { sizeOf } from "./coin-selection.ts"
import type { Wallet } from "./wallet.ts"

interface Seat {
  readonly wallet: Wallet
  readonly coins: readonly Coin[]
}

const MIXED = "p2wpkh"

/** Who can bring at least so much, with at most so many coins. */
function seatsOf(
  dice: Dice,
  wallets: readonly Wallet[],
  least: number,
  most: number,
  players: number,
): Seat[] {
  const seats: Seat[] = []
  for (const wallet of dice.shuffle(wallets)) {
    const coins = dice.shuffle(wallet.spendable).slice(0, dice.int(1, most))
    if (sumOf(coins) >= least) seats.push({ wallet, coins })
    if (seats.length === players) break
  }
  return seats
}

/**
 * Wasabi 1: each gets one output of about 0.1 coins, all alike, and his change; who brings much also gets one of twice
 * that where others do too; the coordinator gets 0.003 % for each player. (Ficsor, ZeroLink; Stockinger and others 2021.)
 */
export function wasabi1(
  book: ChainBook,
  dice: Dice,
  wallets: readonly Wallet[],
  coordinator: Address,
): boolean {
  const base = Math.floor(COIN / 10) + dice.int(-150_000, 150_000)
  const seats = seatsOf(dice, wallets, base + 300_000, 4, dice.int(10, 40))
  if (seats.length < 10) return false
  const twice = seats.filter(({ coins }) => sumOf(coins) >= 3 * base + 400_000)
  const doubled = new Set(twice.length >= 3 && dice.chance(0.5) ? twice : [])
  const payments: Payment[] = []
  for (const seat of seats) {
    const { wallet, coins } = seat
    const fee = Math.floor(base * 0.00003 * seats.length) + 30 * sizeOf(coins.length, 2)
    payments.push([wallet.fresh(MIXED), base])
    let rest = sumOf(coins) - base - fee
    if (doubled.has(seat)) {
      payments.push([wallet.fresh(MIXED), 2 * base])
      rest -= 2 * base
    }
    if (rest > DUST) payments.push([wallet.fresh(MIXED), rest])
  }
  payments.push([coordinator, Math.floor(base * 0.00003 * seats.length) * seats.length])
  const inputs = dice.shuffle(seats.flatMap(({ coins }) => coins))
  book.add("wasabi-1", inputs, dice.shuffle(payments))
  return true
}

/** Wasabi 2's amounts: powers of two and three, twice powers of three, and 1, 2 and 5 times powers of ten. */
export const DENOMINATIONS: readonly number[] = denominations()

function denominations(): number[] {
  const found = new Set<number>()
  const most = 1_000 * COIN
  for (const [first, factor] of [
    [1, 2],
    [1, 3],
    [2, 3],
    [1, 10],
    [2, 10],
    [5, 10],
  ] as const) {
    for (let value = first; value <= most; value *= factor) if (value >= 5_000) found.add(value)
  }
  return [...found].sort((a, b) => b - a)
}

/**
 * Wasabi 2: fifty inputs or more; each player's sum is broken into standard amounts, few of his change; outputs sorted
 * from high to low, as its clients do; taproot and witness addresses mixed.
 */
export function wasabi2(book: ChainBook, dice: Dice, wallets: readonly Wallet[]): boolean {
  const seats = seatsOf(dice, wallets, 100_000, 8, dice.int(25, 45))
  const inputs = seats.flatMap(({ coins }) => coins)
  if (inputs.length < 50) return false
  const payments: Payment[] = []
  for (const { wallet, coins } of seats) {
    let rest = sumOf(coins) - 10 * sizeOf(coins.length, 8)
    for (let outputs = 0; outputs < 7 && rest > 5_000; outputs++) {
      const fitting = DENOMINATIONS.filter(value => value <= rest)
      // Not always the highest: the clients choose among several ways to break a sum.
      const value = fitting[dice.int(0, Math.min(2, fitting.length - 1))]
      if (value === undefined) break
      payments.push([wallet.fresh(dice.pick([MIXED, "p2tr"])), value])
      rest -= value
    }
    if (rest > 5_000) payments.push([wallet.fresh(MIXED), rest])
  }
  book.add(
    "wasabi-2",
    dice.shuffle(inputs),
    payments.sort(([, a], [, b]) => b - a),
  )
  return true
}
