import type { Market, Movement } from "./market.ts"

/** Two to five rows, exactly two assets: one giver or several, one receiver or several, in any order. */
export function exchangeRows(market: Market, exchange: string): Movement[] {
  const { dice } = market
  const [first, second] = dice.shuffle(market.assets)
  const [taker, pool] = dice.shuffle(market.accounts)
  if (first === undefined || second === undefined || taker === undefined || pool === undefined) return []
  const make = (from: string, to: string, asset: string): Movement => {
    const amount = from === "" ? market.payment(to, asset) : market.payment(from, asset)
    return { from, to, asset, amount, exchange, ...(dice.chance(0.2) ? { kind: "exchange" } : {}) }
  }
  const rows: Movement[] = []
  if (dice.chance(0.15)) {
    // A wrapping: one coin is destroyed (or goes where nobody knows), another is issued for it.
    rows.push(make(taker, dice.pick(["", "", "?"]), first), make("", taker, second))
  } else {
    rows.push(make(taker, pool, first), make(pool, taker, second))
    const extra = dice.pick([0, 0, 1, 1, 2, 3])
    for (let i = 0; i < extra; i++) {
      const [from, to] = dice.shuffle(market.accounts)
      if (from !== undefined && to !== undefined) rows.push(make(from, to, dice.pick([first, second])))
    }
  }
  for (const row of rows) market.moved(row)
  return dice.chance(0.6) ? rows : dice.shuffle(rows)
}
