import type { Dice } from "../generator/dice.ts"
import type { ChainBook } from "./chain-book.ts"
import type { Address } from "./coin.ts"
import { Exchange } from "./exchange.ts"
import { type Habits, Wallet } from "./wallet.ts"

export interface Person {
  readonly holder: number
  /** Mostly one; a second one never spends with the first. */
  readonly wallets: readonly [Wallet, ...Wallet[]]
  readonly exchange: Exchange
  readonly joins: boolean
  /** Sends all that comes on to the exchange, as it came. */
  readonly forwards: boolean
}

export interface Population {
  readonly miners: readonly Person[]
  readonly people: readonly Person[]
  readonly merchants: readonly Person[]
  readonly peelers: readonly Person[]
  readonly exchanges: readonly [Exchange, Exchange]
  readonly coordinator: Address
  readonly poolFees: Address
}

const PEOPLE = 150
const MERCHANTS = 12

/** Who there is in a world, and with which habits. The shares are set by hand, not measured on a chain. */
export function populate(book: ChainBook, dice: Dice): Population {
  let holders = 0
  const next = (): number => {
    holders++
    return holders
  }
  const exchanges: readonly [Exchange, Exchange] = [
    new Exchange(book, dice, next(), {
      kind: "p2sh",
      sweepsTogether: false,
      fixedHot: true,
      payoutsAtOnce: 20,
    }),
    new Exchange(book, dice, next(), {
      kind: "p2wpkh",
      sweepsTogether: true,
      fixedHot: false,
      payoutsAtOnce: 12,
    }),
  ]
  const person = (habits: Partial<Habits>, joins = false, forwards = false): Person => {
    const holder = next()
    const wallet = () => new Wallet(book, dice, holder, { ...habitsOf(dice), ...habits })
    const second = joins || forwards || dice.chance(0.88) ? [] : [wallet()]
    return { holder, wallets: [wallet(), ...second], exchange: dice.pick(exchanges), joins, forwards }
  }
  const reuses = { reuses: true }
  const service = (): Address => new Wallet(book, dice, next(), habitsOf(dice)).fresh("p2wpkh")
  return {
    exchanges,
    miners: [person(reuses), person(reuses)],
    people: Array.from({ length: PEOPLE }, (_, i) =>
      i % 3 === 0 ? person({ reuses: false }, true) : person({}, false, i % 25 === 1),
    ),
    merchants: Array.from({ length: MERCHANTS }, (_, i) => person({ reuses: i % 2 === 0 })),
    peelers: [
      person({ reuses: false, selection: "largest" }),
      person({ reuses: false, selection: "largest" }),
    ],
    coordinator: service(),
    poolFees: service(),
  }
}

function habitsOf(dice: Dice): Habits {
  const kind = dice.pick(["p2pkh", "p2sh", "p2wpkh", "p2wpkh", "p2wpkh", "p2tr"])
  return {
    kind,
    changeKind: dice.chance(0.15) ? dice.pick(["p2wpkh", "p2sh", "p2tr"]) : kind,
    reuses: dice.chance(0.2),
    selection: dice.pick(["largest", "oldest", "exact"]),
    changeLast: dice.chance(0.3),
  }
}
