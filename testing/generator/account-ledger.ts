import type { AccountLedger } from "../oracle/question.ts"
import type { TransferRow } from "../oracle/rows.ts"
import { clock } from "./clock.ts"
import type { Dice } from "./dice.ts"
import { exchangeRows } from "./exchange-rows.ts"
import { Market, type Movement } from "./market.ts"

export function makeAccountLedger(dice: Dice): AccountLedger {
  const market = new Market(dice)
  const tick = clock(dice)
  const heightless = dice.chance(0.06)
  const rows: TransferRow[] = []
  let height = dice.int(0, 300)
  const wanted = dice.int(5, 60)
  for (let i = 0; i < wanted; i++) {
    height += dice.pick([0, 0, 1, 1, 2])
    const time = tick()
    let n = dice.chance(0.8) ? 0 : dice.int(1, 5)
    for (const movement of makeTransaction(market, `x${i}`)) {
      // "an empty height is the previous one's": only rows that stay at the height before them may leave it out.
      const same = rows.length > 0 && rows.findLast(row => row.height !== null)?.height === height
      const written = heightless || (same && dice.chance(0.3)) ? null : height
      rows.push({ txid: `tx${i}`, n, height: written, time, ...movement })
      n += dice.chance(0.8) ? 1 : dice.int(2, 4)
    }
  }
  return { shape: "account", rows }
}

/** A fee first, as chains have it (now and then last), then transfers or an exchange, or one around the other. */
function makeTransaction(market: Market, exchange: string): Movement[] {
  const { dice } = market
  const fees = dice.chance(0.35) ? [feeRow(market)] : []
  const plain = () => Array.from({ length: dice.pick([1, 1, 1, 2, 3]) }, () => plainRow(market))
  if (market.assets.length < 2 || !dice.chance(0.3)) {
    return dice.chance(0.9) ? [...fees, ...plain()] : [...plain(), ...fees]
  }
  const legs = exchangeRows(market, exchange)
  if (dice.chance(0.6)) return [...fees, ...legs]
  const inside = dice.int(0, legs.length)
  return [...fees, ...legs.slice(0, inside), ...plain(), ...legs.slice(inside)]
}

function feeRow(market: Market): Movement {
  const from = market.account()
  const asset = market.assets[0] ?? "gold"
  const amount = market.payment(from, asset) / (market.dice.chance(0.5) ? 4n : 1n)
  const to = market.dice.pick(["", market.account(), market.account(), market.account(), "?"])
  return done(market, { from, to, asset, amount, kind: "fee" })
}

function plainRow(market: Market): Movement {
  const { dice } = market
  const from = market.account()
  const asset = market.asset()
  const amount = market.payment(from, asset)
  const base = { from, to: market.account(), asset, amount }
  const sort = dice.roll()
  if (sort < 0.15) {
    const kind = dice.pick(["", "issue", "reward"])
    return done(market, { ...base, from: "", ...(kind === "" ? {} : { kind }) })
  }
  if (sort < 0.2) return done(market, { ...base, to: "", ...(dice.chance(0.5) ? { kind: "burn" } : {}) })
  if (sort < 0.26) return done(market, { ...base, to: "?" })
  if (sort < 0.3) return { ...base, to: from }
  return done(market, dice.chance(0.3) ? { ...base, kind: "transfer" } : base)
}

function done(market: Market, movement: Movement): Movement {
  market.moved(movement)
  return movement
}
