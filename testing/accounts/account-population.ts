import type { Dice } from "../generator/dice.ts"
import { type AccountBook, ETHER, type StagedAccount, WEI } from "./account-book.ts"
import { HABITS, Service } from "./account-service.ts"
import type { Agenda } from "./agenda.ts"
import { Poisoner } from "./poisoner.ts"

export const TOKENS = ["erc20:usd", "erc20:coin"] as const
export const ASSETS = [ETHER, ...TOKENS] as const

/** `forwards`: passes on to the exchange all that comes, within hours. `saves`: only ever pays the exchange, when it likes. */
export type Manner = "usual" | "forwards" | "saves"

export interface Person {
  readonly holder: number
  readonly account: StagedAccount
  readonly exchange: Service
  readonly manner: Manner
  /** Where it forwards or saves: passes on its ether alone. */
  readonly keepsTokens: boolean
  /** How often it acts, beside others: the most active one 1, the n-th about 1/n. */
  readonly activity: number
}

export interface Merchant {
  readonly person: Person
  /** Null: it takes payments itself. */
  readonly processor: Service | null
}

export interface Population {
  readonly people: readonly Person[]
  readonly merchants: readonly Merchant[]
  readonly exchanges: readonly Service[]
  readonly processor: Service
  /** A pool that gives a token for ether, a service by its label; and somebody else's contract that passes orders on to it. */
  readonly pool: StagedAccount
  readonly router: StagedAccount
  /** One holder's accounts, ground to begin and end alike; the first is known by a label. */
  readonly vanity: readonly StagedAccount[]
  readonly poisoners: readonly Poisoner[]
  readonly spammer: StagedAccount
}

const MERCHANTS = 16
const POISONERS = 3

/** Who there is in an account world, and how it acts. The shares are set by hand, not measured on a chain. */
export function populate(book: AccountBook, agenda: Agenda, dice: Dice, size: number): Population {
  let holders = 0
  const next = (): number => {
    holders++
    return holders
  }
  const service = (habits: keyof typeof HABITS) => new Service(book, agenda, dice, next(), HABITS[habits])
  const exchanges = [
    service("prompt"),
    service("thrice-daily"),
    service("daily"),
    service("collecting"),
    service("memo"),
  ]
  const processor = service("prompt")
  for (const { hot, gas } of [...exchanges, processor]) {
    book.endow(hot, ETHER, 50_000n * WEI)
    book.endow(gas, ETHER, 500n * WEI)
    book.endow(hot, "erc20:usd", 10n ** 14n)
    book.endow(hot, "erc20:coin", 10n ** 6n * WEI)
  }
  const pool = book.open(next(), "contract")
  book.endow(pool, ETHER, 10_000n * WEI)
  book.endow(pool, "erc20:usd", 10n ** 14n)
  const person = (manner: Manner, activity: number): Person => {
    const holder = next()
    const exchange = exchangeFor(exchanges, dice)
    return {
      holder,
      account: book.open(holder, "own"),
      exchange,
      manner,
      keepsTokens: dice.chance(0.4),
      activity,
    }
  }
  const people = Array.from({ length: size }, (_, i) =>
    person(i % 20 === 7 ? "forwards" : i % 20 === 13 ? "saves" : "usual", 1 / (1 + i) ** 0.9),
  )
  const merchants = Array.from({ length: MERCHANTS }, (_, i): Merchant => {
    return {
      person: person(i % 4 === 1 ? "forwards" : "usual", 0),
      processor: i % 2 === 0 ? processor : null,
    }
  })
  const org = next()
  const [head, tail] = [book.open(org, "own").address.slice(2, 7), "0000"]
  const spammer = book.open(next(), "own")
  book.endow(spammer, ETHER, 100n * WEI)
  return {
    people,
    merchants,
    exchanges,
    processor,
    pool,
    router: book.open(next(), "contract"),
    vanity: dice.chance(0.25) ? [1, 2, 3].map(() => book.open(org, "own", { head, tail })) : [],
    poisoners: Array.from({ length: POISONERS }, () => new Poisoner(book, dice, next())),
    spammer,
  }
}

/** Of a hundred customers so many go to each, in the order of `exchanges`. */
const CUSTOMERS = [35, 25, 15, 10, 15]

function exchangeFor(exchanges: readonly Service[], dice: Dice): Service {
  let roll = dice.int(1, 100)
  const found = exchanges.find((_, n) => {
    roll -= CUSTOMERS[n] ?? 0
    return roll <= 0
  })
  if (found === undefined) throw new Error("there is no exchange")
  return found
}
