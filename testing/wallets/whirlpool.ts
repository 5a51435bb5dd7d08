import type { Dice } from "../generator/dice.ts"
import type { ChainBook } from "./chain-book.ts"
import { type Address, type Coin, DUST, type Payment, sumOf } from "./coin.ts"
import { sizeOf } from "./coin-selection.ts"
import type { Wallet } from "./wallet.ts"

export const POOLS = [100_000, 1_000_000, 5_000_000, 50_000_000] as const
/** What a coin that enters brings above the pool's amount, for the miners. */
const PREMIUM = 10_000
const MIXED = "p2wpkh"

/** Whirlpool: one spends into coins of the pool's size and a little, all alike, and pays the pool; a note says nothing. */
export function tx0(book: ChainBook, dice: Dice, wallet: Wallet, pool: number, fee: Address): boolean {
  const coins = wallet.spendable.filter(({ value }) => value > pool + 2 * PREMIUM).slice(0, dice.int(1, 3))
  const poolFee = Math.floor(pool / 20)
  const rate = dice.int(1, 20)
  const each = pool + PREMIUM
  const room = sumOf(coins) - poolFee - rate * sizeOf(coins.length, 12)
  const count = Math.min(9, Math.floor(room / each))
  if (count < 1) return false
  const payments: Payment[] = [
    [book.address(null, "burned"), 0],
    [fee, poolFee],
  ]
  for (let n = 0; n < count; n++) payments.push([wallet.fresh(MIXED), each])
  const rest = room - count * each
  if (rest > DUST) payments.push([wallet.fresh(MIXED), rest])
  book.add(
    "tx0",
    coins,
    payments.sort(([, a], [, b]) => a - b),
  )
  return true
}

/** Five in, five out, all out of the pool's amount: two or three who are new bring the fee, the others go round again. */
export function whirlpool(book: ChainBook, dice: Dice, wallets: readonly Wallet[], pool: number): boolean {
  const fresh: Coin[] = []
  const again: Coin[] = []
  for (const wallet of dice.shuffle(wallets)) {
    const of = (value: number) => wallet.spendable.find(coin => coin.value === value)
    const entering = of(pool + PREMIUM)
    const mixed = of(pool)
    if (entering !== undefined && fresh.length < 3) fresh.push(entering)
    else if (mixed !== undefined) again.push(mixed)
  }
  const inputs = [...fresh, ...again].slice(0, 5)
  if (fresh.length === 0 || inputs.length < 5) return false
  const byPurse = new Map(wallets.map(wallet => [wallet.purse, wallet]))
  const payments = inputs.flatMap(({ address }): Payment[] => {
    const wallet = address.purse === null ? undefined : byPurse.get(address.purse)
    return wallet === undefined ? [] : [[wallet.fresh(MIXED), pool]]
  })
  book.add("whirlpool", dice.shuffle(inputs), dice.shuffle(payments))
  return true
}
