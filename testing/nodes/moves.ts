import { keyOf, oneOf, payToKey, payToScriptHash, payToTaproot, payToWitnessScriptHash } from "./scripts.ts"
import { type Coin, owner, type Payee, type Stage } from "./stage.ts"

const COIN = 100_000_000n
/** Of every payment that is not meant to stand out. */
export const FEE = 100_000n

/** Coins in smallest units; to three places. */
export const coins = (count: number): bigint => BigInt(Math.round(count * 1000)) * (COIN / 1000n)
export const name = (who: string): Payee => owner(keyOf(who))

/** A little to somebody, the rest to oneself at a new address. */
export async function peel(
  stage: Stage,
  coin: Coin,
  to: Payee,
  amount: bigint,
  rest: string,
): Promise<[Coin, Coin]> {
  const made = await stage.pay(
    [coin],
    [
      [to, amount],
      [name(rest), coin.value - amount - FEE],
    ],
  )
  return made as [Coin, Coin]
}

/** The same amount to each owner, whose coins nobody can tell apart after, and each his change; the first's equal coin. */
export async function join(stage: Stage, from: readonly Coin[], equal: bigint): Promise<Coin> {
  const made = await stage.pay(from, [
    ...from.map((_, at): [Payee, bigint] => [name(`join ${at}`), equal]),
    ...from.map(({ value }, at): [Payee, bigint] => [
      name(`change ${at}`),
      value - equal - (at === 0 ? FEE : 0n),
    ]),
  ])
  return made[0] as Coin
}

/** One payment in every kind of script; those that are spent later. */
export async function scatter(stage: Stage, coin: Coin): Promise<Coin[]> {
  const keys = [keyOf("left"), keyOf("right")]
  const redeem = oneOf(keys)
  const payees: [Payee, bigint][] = [
    [{ script: payToScriptHash(redeem), keys: keys.slice(0, 1), redeem }, coins(10)],
    [{ script: payToWitnessScriptHash(redeem), keys: keys.slice(0, 1), redeem }, coins(10)],
    [{ script: redeem, keys: keys.slice(1) }, coins(10)],
    [{ script: payToKey(keyOf("bare")), keys: [keyOf("bare")] }, coins(10)],
    [{ script: payToTaproot(keyOf("taproot")), keys: [] }, coins(5)],
  ]
  const spent = payees.reduce((sum, [, value]) => sum + value, 0n)
  const made = await stage.pay([coin], [...payees, [name("thief 3"), coin.value - spent - FEE]])
  return made.slice(0, 4)
}
