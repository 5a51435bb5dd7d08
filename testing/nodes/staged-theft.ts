import type { OracleTheft } from "../oracle/question.ts"
import { chainOf, type DumpedChain } from "./chain-dump.ts"
import { coins, FEE, join, name, peel, scatter } from "./moves.ts"
import type { RpcCaller } from "./rpc-caller.ts"
import { keyOf, note, payToKey, payToKeyHash, payToScriptHash, payToWitnessKeyHash } from "./scripts.ts"
import { type Coin, type Payee, Stage } from "./stage.ts"

export interface Story {
  /** Three thefts: the first of two outputs, the second of one, the third from the first thief. */
  readonly thefts: readonly OracleTheft[]
  /** Address to service: what a services file would hold. */
  readonly services: ReadonlyMap<string, string>
  /** Outputs with value that nobody can spend. A file of outputs cannot say so: there they are held. */
  readonly burned: readonly string[]
  /** The block whose coinbase leaves a fee, an untraced one, to nobody. */
  readonly unclaimedAt: number
  /** The heights at which things happen, first and last. */
  readonly firstTheftAt: number
  readonly tip: number
  readonly chain: DumpedChain
}

const totalOf = (all: readonly Coin[]): bigint => all.reduce((sum, { value }) => sum + value, 0n)
const ref = ({ txid, vout }: Coin): string => `${txid}:${vout}`

const MATURITY = 100
const LEGACY: Payee = { script: payToKeyHash(keyOf("victim 1")), keys: [keyOf("victim 1")] }
const NESTED: Payee = nested("victim 2")
const BARE: Payee = { script: payToKey(keyOf("old miner")), keys: [keyOf("old miner")] }

function nested(who: string): Payee {
  const redeem = payToWitnessKeyHash(keyOf(who))
  return { script: payToScriptHash(redeem), keys: [keyOf(who)], redeem }
}

/**
 * One story on a fresh regtest node of Litecoin, the same at each run: a theft from three kinds of address, a peel chain
 * (two of its hops in one block), a consolidation of stolen and clean coins, a second theft, an equal-output join of
 * three owners, a payment in every kind of script, burned value, a heavy fee whose coinbase is spent later, deposits
 * at an exchange and its sweep, a block that does not claim its fee; the subsidy halves at 150.
 *
 * All is signed by the node, with keys handed to it; its wallet, which picks coins and places by chance, takes no part.
 */
export async function stageTheft(rpc: RpcCaller): Promise<Story> {
  const stage = new Stage(rpc)
  const miner = name("miner")
  const mineTo = (payee: Payee) => stage.mine(payee)

  const victim = [await mineTo(name("victim 0")), await mineTo(LEGACY), await mineTo(NESTED)]
  await mineTo(name("victim 3"))
  const alice = await mineTo(name("alice"))
  const bob = await mineTo(name("bob"))
  const carol = await mineTo(name("carol"))
  const dave = await mineTo(name("dave"))
  const old = await mineTo(BARE)
  for (let height = 10; height <= MATURITY + 10; height++) await mineTo(miner)

  const firstTheftAt = MATURITY + 11
  const loot = await stage.pay(victim, [
    [name("thief 0"), coins(90)],
    [{ script: payToKeyHash(keyOf("thief 1")), keys: [keyOf("thief 1")] }, totalOf(victim) - coins(90) - FEE],
  ])
  const [large, small] = loot as [Coin, Coin]
  await mineTo(miner)

  const secondLoot = await stage.pay([carol], [[name("second thief"), carol.value - FEE]])
  const [mule1, peel1] = await peel(stage, large, name("mule 1"), coins(10), "peel 1")
  await mineTo(miner)

  // Two hops in one block: the second spends the first where it stands.
  const [mule2, peel2] = await peel(stage, peel1, name("mule 2"), coins(7), "peel 2")
  const depositA = name("deposit a")
  const [paidA, peel3] = await peel(stage, peel2, depositA, coins(5), "peel 3")
  await mineTo(miner)

  const [mule3, peel4] = await peel(stage, peel3, nested("mule 3"), coins(3), "peel 4")
  const [burnt] = await peel(stage, peel4, { script: note("gone"), keys: [] }, coins(0.5), "peel 5")
  await mineTo(miner)

  const [gathered] = await stage.pay(
    [mule1, alice, mule2],
    [[name("gatherer"), totalOf([mule1, alice, mule2]) - FEE]],
  )
  await mineTo(miner)

  await stage.pay([mule3], [[name("hasty"), coins(1)]])
  const heavy = await mineTo(miner)

  const joined = await join(stage, [gathered as Coin, bob, ...secondLoot], coins(20))
  await mineTo(miner)

  const scattered = await scatter(stage, small)
  await mineTo(miner)

  const depositB = name("deposit b")
  const [paidB, robbed] = await stage.pay(scattered, [
    [depositB, coins(20)],
    [name("robber"), totalOf(scattered) - coins(20) - FEE],
  ])
  const depositC = name("deposit c")
  const [paidC, change] = await stage.pay(
    [dave],
    [
      [depositC, coins(30)],
      [name("dave"), dave.value - coins(30) - FEE],
    ],
  )
  await mineTo(miner)

  const deposits = [paidA, paidB, paidC] as Coin[]
  const hot = name("hot wallet")
  await stage.pay(deposits, [[hot, totalOf(deposits) - FEE]])
  await stage.pay([joined], [[name("late"), joined.value - FEE]])
  await mineTo(miner)

  const { signed } = await stage.sign([change as Coin], [[name("dave"), coins(19)]])
  await stage.mineWithoutFees(miner, [signed])
  const unclaimedAt = Number(await rpc("getblockcount"))

  await stage.pay([old], [[name("old friend"), old.value - FEE]])
  for (let more = 0; more < MATURITY; more++) await mineTo(miner)
  await stage.pay([heavy], [[name("supplier"), heavy.value - FEE]])
  await mineTo(miner)

  const services = new Map<string, string>()
  for (const payee of [depositA, depositB, depositC, hot]) {
    services.set(await stage.addressOf(payee), "exchange")
  }
  return {
    thefts: [
      { id: "first", refs: loot.map(ref) },
      { id: "second", refs: secondLoot.map(ref) },
      { id: "third", refs: [ref(robbed as Coin)] },
    ],
    services,
    burned: [ref(burnt)],
    unclaimedAt,
    firstTheftAt,
    tip: Number(await rpc("getblockcount")),
    chain: await chainOf(rpc),
  }
}
