import { chainOf, type DumpedChain } from "./chain-dump.ts"
import { coins, FEE, name } from "./moves.ts"
import type { RpcCaller } from "./rpc-caller.ts"
import { type Coin, type Payee, Stage } from "./stage.ts"

export interface WalletStory {
  /** Every address that has been paid to who holds it. The exchange holds its deposit addresses. */
  readonly holderOf: ReadonlyMap<string, string>
  /** The theft: the output that the thief got, and its victim. */
  readonly theft: string
  /** What the exchange is known by. */
  readonly hot: string
  /** Deposit address to the customer it was given to. */
  readonly deposits: ReadonlyMap<string, string>
  /** Where the thief paid in, in order, and how much. */
  readonly cashedOut: readonly (readonly [string, bigint])[]
  /** The last coin of the peel chain, unspent. */
  readonly left: string
  readonly leftValue: bigint
  readonly coinjoin: string
  readonly payjoin: string
  /** Addresses that the exchange paid after it had pooled the theft: strangers to it. */
  readonly strangers: readonly string[]
  readonly chain: DumpedChain
}

const MATURITY = 100
const CUSTOMERS = ["alice", "bob", "carol", "dave", "erin"] as const
const HOPS = 6

/**
 * Who holds what on a fresh regtest node: five people with new addresses each time, a merchant with one address, an
 * exchange with deposit addresses, sweeps and batched payouts, an equal-output join of the five, a payjoin, and a thief
 * whose peel chain goes into the exchange. Keys are handed to the node, as in `staged-theft.ts`.
 */
export async function stageWallets(rpc: RpcCaller): Promise<WalletStory> {
  const cast = new Cast(rpc)
  const { stage } = cast
  const exchangeHot = cast.at("exchange", "hot")
  const shop = cast.at("merchant", "shop")
  const depositOf = (who: string): Payee => cast.at("exchange", `deposit of ${who}`)

  const victim = [await stage.mine(cast.next("victim")), await stage.mine(cast.next("victim"))]
  const purse = new Map<string, Coin>()
  for (const who of CUSTOMERS) purse.set(who, await stage.mine(cast.next(who)))
  const miner = cast.at("miner", "miner")
  for (let more = 0; more < MATURITY + 10; more++) await stage.mine(miner)

  // Each pays the merchant, and gets the rest back at a new address.
  const paid: Coin[] = []
  for (const [at, who] of CUSTOMERS.entries()) {
    const [toShop, rest] = await cast.split(take(purse, who), shop, coins(1.25 + at), cast.next(who))
    paid.push(toShop)
    purse.set(who, rest)
  }
  await stage.mine(miner)

  // Three times: all five pay in, and the exchange sweeps each address by itself.
  for (let round = 0; round < 3; round++) {
    const arrived: Coin[] = []
    for (const [at, who] of CUSTOMERS.entries()) {
      const amount = coins(2 + at + round)
      const [deposit, rest] = await cast.split(take(purse, who), depositOf(who), amount, cast.next(who))
      arrived.push(deposit)
      purse.set(who, rest)
    }
    await stage.mine(miner)
    for (const coin of arrived) cast.hot.push(await cast.all([coin], exchangeHot))
    await stage.mine(miner)
  }

  // The exchange pays out to new addresses of the five, who then spend what they have together.
  const out = await cast.payOut(
    exchangeHot,
    CUSTOMERS.map((who, at) => [cast.next(who), coins(0.7 + at)]),
  )
  await stage.mine(miner)
  for (const [at, who] of CUSTOMERS.entries()) {
    const both = [take(purse, who), out[at]].filter(coin => coin !== undefined)
    purse.set(who, await cast.all(both, cast.next(who)))
  }
  await stage.mine(miner)

  const five = CUSTOMERS.map(who => take(purse, who))
  const equal = coins(5)
  const joined = await stage.pay(five, [
    ...CUSTOMERS.map((who): [Payee, bigint] => [cast.next(who), equal]),
    ...CUSTOMERS.map((who, at): [Payee, bigint] => [cast.next(who), (five[at]?.value ?? 0n) - equal - FEE]),
  ])
  await stage.mine(miner)

  // Bob pays the merchant, who brings a coin of his own.
  const bobs = need(joined[CUSTOMERS.length + 1])
  const shops = need(paid[0])
  const price = coins(2.345)
  const [, bobsRest] = await stage.pay(
    [bobs, shops],
    [
      [shop, shops.value + price],
      [cast.next("bob"), bobs.value - price - FEE],
    ],
  )
  await stage.mine(miner)

  const loot = await cast.all(victim, cast.next("thief"))
  await stage.mine(miner)
  const cashedOut: [Payee, bigint][] = []
  const mules = ["mule 1", "mule 2"]
  const arrived: Coin[] = []
  let rest = loot
  for (let hop = 0; hop < HOPS; hop++) {
    const amount = coins(3 + hop * 0.5)
    const isPaidIn = hop % 2 === 0
    const to = isPaidIn ? depositOf(need(mules[hop % 4 === 0 ? 0 : 1])) : cast.next(`receiver ${hop}`)
    const [peeled, left] = await cast.split(rest, to, amount, cast.next("thief"))
    if (isPaidIn) {
      cashedOut.push([to, amount])
      arrived.push(peeled)
    }
    rest = left
    await stage.mine(miner)
  }
  for (const coin of arrived) cast.hot.push(await cast.all([coin], exchangeHot))
  await stage.mine(miner)
  const strangers = ["stranger 1", "stranger 2", "stranger 3"].map(who => cast.next(who))
  await cast.payOut(
    exchangeHot,
    strangers.map((payee): [Payee, bigint] => [payee, coins(4)]),
  )
  await stage.mine(miner)

  const addressed = async (payees: readonly Payee[]) => {
    const found: string[] = []
    for (const payee of payees) found.push(await stage.addressOf(payee))
    return found
  }
  const deposits = new Map<string, string>()
  for (const who of [...CUSTOMERS, ...mules]) deposits.set(await stage.addressOf(depositOf(who)), who)
  const places = await addressed(cashedOut.map(([payee]) => payee))
  return {
    holderOf: await cast.holders(),
    theft: ref(loot),
    hot: await stage.addressOf(exchangeHot),
    deposits,
    cashedOut: places.map((place, at) => [place, cashedOut[at]?.[1] ?? 0n]),
    left: ref(rest),
    leftValue: rest.value,
    coinjoin: need(joined[0]).txid,
    payjoin: need(bobsRest).txid,
    strangers: await addressed(strangers),
    chain: await chainOf(rpc),
  }
}

/** Who is on the stage, and which keys each has. */
class Cast {
  readonly stage: Stage
  /** The exchange's pooled coins. */
  readonly hot: Coin[] = []
  readonly #held: { readonly payee: Payee; readonly holder: string }[] = []
  readonly #counts = new Map<string, number>()

  constructor(rpc: RpcCaller) {
    this.stage = new Stage(rpc)
  }

  at(holder: string, place: string): Payee {
    const payee = name(place)
    this.#held.push({ payee, holder })
    return payee
  }

  /** A new address. */
  next(holder: string): Payee {
    const count = (this.#counts.get(holder) ?? 0) + 1
    this.#counts.set(holder, count)
    return this.at(holder, `${holder} ${count}`)
  }

  async split(coin: Coin, to: Payee, amount: bigint, rest: Payee): Promise<[Coin, Coin]> {
    const [made, left] = await this.stage.pay(
      [coin],
      [
        [to, amount],
        [rest, coin.value - amount - FEE],
      ],
    )
    return [need(made), need(left)]
  }

  async all(from: readonly Coin[], to: Payee): Promise<Coin> {
    const sum = from.reduce((total, { value }) => total + value, 0n)
    const [made] = await this.stage.pay(from, [[to, sum - FEE]])
    return need(made)
  }

  /** Out of all that is pooled; the rest is pooled again. */
  async payOut(hot: Payee, payments: readonly (readonly [Payee, bigint])[]): Promise<Coin[]> {
    const from = this.hot.splice(0)
    const sum = from.reduce((total, { value }) => total + value, 0n)
    const paid = payments.reduce((total, [, value]) => total + value, 0n)
    const made = await this.stage.pay(from, [...payments, [hot, sum - paid - FEE]])
    this.hot.push(need(made.at(-1)))
    return made.slice(0, -1)
  }

  async holders(): Promise<Map<string, string>> {
    const found = new Map<string, string>()
    for (const { payee, holder } of this.#held) found.set(await this.stage.addressOf(payee), holder)
    return found
  }
}

const ref = ({ txid, vout }: Coin): string => `${txid}:${vout}`

function need<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new Error("not on the stage")
  return thing
}

const take = (purse: ReadonlyMap<string, Coin>, who: string): Coin => need(purse.get(who))
