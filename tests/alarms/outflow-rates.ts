import { AlarmWatch } from "../../src/alarms/alarm-watch.ts"
import type { AlarmWindow, OutflowAlarm, OutflowLimit } from "../../src/contracts/alarm.ts"
import type { BlockMoves, Move } from "../../src/ports/block-moves.ts"
import { readPercent } from "../../src/readers/alarms-file.ts"
import { MATURITY } from "../../testing/wallets/chain-book.ts"
import { COIN, type Coin } from "../../testing/wallets/coin.ts"
import { makeWorld, type World } from "../../testing/wallets/economy.ts"

/** Ten minutes a block, from a day on that means nothing. */
const START = Date.parse("2026-01-01T00:00:00Z")
const BLOCK_MS = 600_000

/** `hot`: the hot wallet by itself. `all`: with the deposit addresses and the cold wallet. */
export type Watched = "hot" | "all"

export interface Setting {
  readonly watched: Watched
  /** "50 BTC" or "25%". */
  readonly limit: string
  readonly blocks: number
}

export interface Counted extends Setting {
  readonly blocksWatched: number
  readonly rung: number
}

const LIMITS = ["20 BTC", "50 BTC", "100 BTC", "10%", "25%", "50%"]
export const SETTINGS: readonly Setting[] = (["hot", "all"] as const).flatMap(watched =>
  LIMITS.flatMap(limit => [1, 6, 36].map(blocks => ({ watched, limit, blocks }))),
)

/**
 * How often each setting rings in the ordinary traffic of these worlds, in which nothing is stolen: each alarm is a false
 * one. Every exchange of a world is watched by itself, from the block on in which the first coins can be spent; what it
 * holds is known, since the worlds are watched from their first block.
 */
export function countOutflows(seeds: readonly number[]): readonly Counted[] {
  const counts = SETTINGS.map(setting => ({ ...setting, blocksWatched: 0, rung: 0 }))
  for (const seed of seeds) {
    const world = makeWorld(seed)
    const blocks = blocksOf(world)
    for (const { holder } of world.exchanges) {
      const alarms = SETTINGS.map((setting, n) =>
        alarmOf(setting, `${n}`, addressesOf(world, holder, setting.watched)),
      )
      const openings = new Map(alarms.map(({ id }) => [id, 0n]))
      const watch = new AlarmWatch({ chain: "bitcoin", alarms, undoDepth: 0, openings })
      for (const block of blocks) {
        for (const { alarm, status } of watch.add(block)) {
          const count = counts[Number(alarm)]
          if (status !== "raised" || count === undefined) throw new Error(`${alarm} is ${status}`)
          if (block.height > MATURITY) count.rung++
        }
        if (block.height > MATURITY) for (const count of counts) count.blocksWatched++
      }
    }
  }
  return counts
}

function alarmOf({ limit, blocks }: Setting, id: string, addresses: readonly string[]): OutflowAlarm {
  // Block times are ten minutes apart, so that seconds would say the same.
  const window: AlarmWindow = { seconds: null, blocks }
  return { id, kind: "outflow", addresses, asset: "BTC", limit: limitOf(limit), window }
}

function limitOf(text: string): OutflowLimit {
  const percent = text.endsWith("%") ? readPercent(text.slice(0, -1)) : null
  if (percent !== null) return { percent }
  return { amount: BigInt(text.replace(" BTC", "")) * BigInt(COIN) }
}

function addressesOf({ transactions }: World, holder: number, watched: Watched): readonly string[] {
  const coins = transactions.flatMap(({ outputs }) => outputs)
  const own = coins.map(({ address }) => address).filter(({ purse }) => purse?.holder === holder)
  // Cold wallets of these worlds are the exchanges' only ones of this kind.
  const isHot = ({ use, kind }: { use: string; kind: string }) => use === "own" && kind !== "p2wsh"
  return [...new Set(own.filter(one => watched === "all" || isHot(one)).map(({ name }) => name))]
}

function blocksOf({ transactions }: World): readonly BlockMoves[] {
  const byHeight = new Map<number, { debits: Move[]; credits: Move[] }>()
  transactions.forEach(({ height, inputs, outputs }, n) => {
    const block = byHeight.get(height) ?? { debits: [], credits: [] }
    byHeight.set(height, block)
    const move = ({ address, value }: Coin): Move => ({
      tx: `${n}`,
      pot: `${n}:${address.name}`,
      address: address.name,
      asset: "BTC",
      amount: BigInt(value),
      traced: [],
    })
    block.debits.push(...inputs.map(move))
    block.credits.push(...outputs.map(move))
  })
  return [...byHeight].map(([height, moves]) => {
    const time = new Date(START + height * BLOCK_MS).toISOString().replace(".000Z", "Z")
    return { chain: "bitcoin", height, hash: `${height}`, time, ...moves }
  })
}

/** A row of the table in docs/alarms.md. */
export function rowOf({ watched, limit, blocks, blocksWatched, rung }: Counted): string {
  const rate = Math.round((rung * 10_000) / blocksWatched)
  return `| ${watched} | ${limit} | ${blocks} | ${rung} | ${rate} |`
}
