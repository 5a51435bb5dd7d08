import type { Dice } from "../generator/dice.ts"
import type { ChainBook } from "./chain-book.ts"
import { type Coin, DUST, type Payment, sumOf } from "./coin.ts"
import { selectCoins, sizeOf } from "./coin-selection.ts"
import type { Wallet } from "./wallet.ts"

/**
 * JoinMarket: a taker chooses an amount and some makers; each gets that amount and his change, a maker a little more than
 * he brought. Now and then the taker sweeps and has no change, and now and then his equal output is a payment.
 */
export function joinMarket(
  book: ChainBook,
  dice: Dice,
  wallets: readonly Wallet[],
  payee: Wallet | null,
): boolean {
  const [taker, ...others] = dice.shuffle(wallets)
  if (taker === undefined) return false
  const purse = dice.shuffle(taker.spendable).slice(0, dice.int(1, 3))
  const wanted = dice.int(2, 8)
  const rate = dice.int(1, 20)
  const fee = rate * sizeOf(purse.length + 2 * wanted, 2 * wanted + 2) + 200 * wanted
  const sweeps = dice.chance(0.15)
  const all = sumOf(purse) - fee
  const amount = sweeps ? all : Math.floor(all * (0.2 + 0.6 * dice.roll()))
  if (amount < 200_000) return false
  const inputs: Coin[] = [...purse]
  const equal = payee ?? taker
  const payments: Payment[] = [[equal.fresh(taker.habits.kind), amount]]
  if (all - amount > DUST) payments.push([taker.fresh(taker.habits.kind), all - amount])
  let makers = 0
  for (const maker of others) {
    const coins = selectCoins(maker.spendable, "oldest", amount, 2, 1)
    if (coins === null || coins.length > 6) continue
    inputs.push(...coins)
    payments.push([maker.fresh(maker.habits.kind), amount])
    payments.push([maker.fresh(maker.habits.kind), sumOf(coins) - amount + 200])
    makers++
    if (makers === wanted) break
  }
  if (makers < 2) return false
  book.add("joinmarket", dice.shuffle(inputs), dice.shuffle(payments))
  return true
}
