import type { Alarm, OutflowAlarm } from "../../src/contracts/alarm.ts"
import type { BlockMoves, Move, TracedPart } from "../../src/ports/block-moves.ts"

const START = Date.parse("2026-01-01T00:00:00Z")

/** A payment within one transaction; null is outside. */
export interface Paid {
  readonly tx: string
  readonly from: string | null
  readonly to: string | null
  readonly amount: bigint
  readonly asset?: string
  readonly traced?: readonly TracedPart[]
}

/** @param seconds of the block's time since the staged chain began; null for a block without a time */
export function blockAt(
  height: number,
  seconds: number | null,
  paid: readonly Paid[],
  branch = "a",
): BlockMoves {
  const move = (address: string | null, { tx, amount, asset = "XEM", traced = [] }: Paid): Move => ({
    tx,
    pot: `${address}/${asset}`,
    address,
    asset,
    amount,
    traced,
  })
  return {
    chain: "nem",
    height,
    hash: `${branch}${height}`,
    time: seconds === null ? null : new Date(START + seconds * 1000).toISOString().replace(".000Z", "Z"),
    debits: paid.filter(({ from }) => from !== null).map(one => move(one.from, one)),
    credits: paid.filter(({ to }) => to !== null).map(one => move(one.to, one)),
  }
}

export const out = (tx: string, amount: bigint): Paid => ({ tx, from: "hot", to: "away", amount })
export const into = (tx: string, amount: bigint): Paid => ({ tx, from: "away", to: "hot", amount })

export function outflow(parts: Partial<OutflowAlarm> = {}): OutflowAlarm {
  return {
    id: "hot",
    kind: "outflow",
    addresses: ["hot", "hot-2"],
    asset: "XEM",
    limit: { amount: 100n },
    window: { seconds: 600, blocks: null },
    ...parts,
  }
}

export const optionsOf = (alarms: readonly Alarm[], undoDepth = 20) => ({ chain: "nem", alarms, undoDepth })
