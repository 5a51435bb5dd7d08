import type { Dice } from "../generator/dice.ts"
import type { ChainBook } from "./chain-book.ts"
import { DUST, type Payment, sumOf } from "./coin.ts"
import { selectCoins, sizeOf } from "./coin-selection.ts"
import type { Wallet } from "./wallet.ts"

/** The one who is paid brings a coin too (BIP 78): the output is the payment and his coin in one. */
export function payjoin(
  book: ChainBook,
  dice: Dice,
  payer: Wallet,
  payee: Wallet,
  amount: number,
  feeRate: number,
): boolean {
  const own = dice.pick(payee.spendable)
  const coins = selectCoins(payer.spendable, payer.habits.selection, amount, 2, feeRate)
  if (own === undefined || coins === null) return false
  const payments: Payment[] = [[payee.receive(), amount + own.value]]
  const rest = sumOf(coins) - amount - feeRate * sizeOf(coins.length + 1, 2)
  if (rest < 0) return false
  if (rest > DUST) payments.push([payer.change(coins), rest])
  book.add("payjoin", dice.shuffle([...coins, own]), dice.shuffle(payments))
  return true
}
