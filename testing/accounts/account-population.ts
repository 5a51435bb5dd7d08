import type { Dice } from "../generator/dice.ts"
import type { AccountBook, StagedAccount } from "./account-book.ts"
import type { AccountChain } from "./account-chain.ts"
import { Service, type ServiceKind } from "./account-service.ts"
import type { Agenda } from "./agenda.ts"
import type { Poisoner } from "./poisoner.ts"

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
  readonly contracts: Contracts | null
  /** One holder's accounts, ground to begin and end alike; the first is known by a label. */
  readonly vanity: readonly StagedAccount[]
  readonly poisoners: readonly Poisoner[]
  readonly spammer: StagedAccount
}

/** A pool that gives a token for ether, a service by its label; and somebody else's contract that passes orders on to it. */
export interface Contracts {
  readonly pool: StagedAccount
  readonly router: StagedAccount
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
  const { chain } = book
  const { native, dollar, share } = chain
  const service = (kind: ServiceKind) => new Service(book, agenda, dice, next(), kind)
  const exchanges = chain.exchanges.map(([kind]) => service(kind))
  const processor = service("prompt")
  for (const { hot, gas } of [...exchanges, processor]) {
    book.endow(hot, native.asset, 50_000n * native.whole)
    book.endow(gas, native.asset, 500n * native.whole)
    book.endow(hot, dollar.asset, 10n ** 8n * dollar.whole)
    book.endow(hot, share.asset, 10n ** 6n * share.whole)
  }
  const pool = chain.hasContracts ? poolOf(book, next()) : null
  const person = (manner: Manner, activity: number): Person => {
    const holder = next()
    const exchange = exchangeFor(exchanges, chain, dice)
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
  const [head, tail] = [book.open(org, "own").address.slice(0, 7), chain.vanityTail]
  const spammer = book.open(next(), "own")
  book.endow(spammer, native.asset, 100n * native.whole)
  return {
    people,
    merchants,
    exchanges,
    processor,
    contracts: pool === null ? null : { pool, router: book.open(next(), "contract") },
    vanity: dice.chance(0.25) ? [1, 2, 3].map(() => book.open(org, "own", { head, tail })) : [],
    poisoners: Array.from({ length: POISONERS }, () => chain.newPoisoner(book, dice, next())),
    spammer,
  }
}

function poolOf(book: AccountBook, holder: number): StagedAccount {
  const { native, dollar } = book.chain
  const pool = book.open(holder, "contract")
  book.endow(pool, native.asset, 10_000n * native.whole)
  book.endow(pool, dollar.asset, 10n ** 8n * dollar.whole)
  return pool
}

function exchangeFor(exchanges: readonly Service[], chain: AccountChain, dice: Dice): Service {
  let roll = dice.int(1, 100)
  const found = exchanges.find((_, n) => {
    roll -= chain.exchanges[n]?.[1] ?? 0
    return roll <= 0
  })
  if (found === undefined) throw new Error("there is no exchange")
  return found
}
