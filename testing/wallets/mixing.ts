import type { Dice } from "../generator/dice.ts"
import type { ChainBook } from "./chain-book.ts"
import { joinMarket } from "./joinmarket.ts"
import type { Population } from "./population.ts"
import { wasabi1, wasabi2 } from "./wasabi.ts"
import { POOLS, tx0, whirlpool } from "./whirlpool.ts"

/** How often there is a round of each kind: far more often than on a real chain, so that each can be measured. */
export function mixSometimes(book: ChainBook, dice: Dice, all: Population, block: number): void {
  const people = all.people.filter(({ joins }) => joins)
  const wallets = people.map(person => person.wallets[0])
  if (block % 9 === 3) wasabi1(book, dice, wallets, all.coordinator)
  if (block % 20 === 11) wasabi2(book, dice, wallets)
  if (block % 3 === 1) {
    const merchant = dice.pick(all.merchants)?.wallets[0] ?? null
    joinMarket(book, dice, wallets, dice.chance(0.2) ? merchant : null)
  }
  const pool = dice.pick(POOLS)
  const newcomer = dice.pick(wallets)
  if (block % 2 === 0 && newcomer !== undefined) tx0(book, dice, newcomer, pool, all.poolFees)
  whirlpool(book, dice, wallets, dice.pick(POOLS))
}
