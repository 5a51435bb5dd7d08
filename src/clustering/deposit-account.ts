import type { AccountGraph, AccountMove } from "./account-graph.ts"
import type { Doubt } from "./doubt.ts"

export interface AccountDepositFinding {
  readonly service: string
  /** Positions of the moves to the service, in order. */
  readonly sweeps: readonly number[]
  /** Assets that were passed on, in the order in which they first were. */
  readonly assets: readonly string[]
  readonly isWeak: boolean
  readonly doubts: readonly Doubt[]
}

export interface DepositRule {
  /** Blocks from an arrival to its passing on. */
  readonly withinBlocks: number
  /** What may stay behind of an arrival, in smallest units of the asset. */
  readonly mayKeep: (asset: string) => bigint
  /** The height up to which moves are known: what arrived within `withinBlocks` of it may still be waiting. */
  readonly tip: number
  /** Accounts with more moves are not looked at. */
  readonly mostMoves: number
}

/** Victor, "Address Clustering Heuristics for Ethereum", 2020: 3,200 blocks, about half a day, and 0.01 ether. */
export const VICTOR_BLOCKS = 3_200
export const VICTOR_KEEP_WEI = 10_000_000_000_000_000n

const FEWEST_SWEEPS = 2

interface Arrival {
  readonly height: number
  /** The service that sent it, null where no service did. */
  readonly from: string | null
  left: bigint
}

/** Arrivals of one asset that were not passed on yet, the oldest at `next`. */
interface Queue {
  readonly arrivals: Arrival[]
  next: number
}

/**
 * An account that passes on, asset by asset, everything it receives (less fees, and less what the rule lets it keep)
 * to accounts of one service within the stated number of blocks. What the service itself sends, such as ether for the
 * fees of a token's sweep, need not be passed on. Null where it never passed anything on, or did otherwise.
 */
export function depositAccountOf(
  graph: AccountGraph,
  account: string,
  serviceOf: (account: string) => string | null,
  rule: DepositRule,
): AccountDepositFinding | null {
  if (serviceOf(account) !== null) return null
  const queues = new Map<string, Queue>()
  const assets = new Set<string>()
  const sweeps: number[] = []
  let service: string | null = null
  let moves = 0
  for (const move of graph.movesOf(account)) {
    moves++
    if (moves > rule.mostMoves) return null
    if (move.amount === 0n || move.counterparty === account) continue
    const other = move.counterparty === null || move.isFee ? null : serviceOf(move.counterparty)
    if (move.direction === "in") {
      // Before the first sweep the service is not known: what any service sent is kept, and judged once it is.
      if (other === null || other !== service) arrive(queues, move, other)
      continue
    }
    if (!move.isFee) {
      if (other === null || (service !== null && other !== service)) return null
      service = other
      sweeps.push(move.position)
      assets.add(move.asset)
    }
    if (!leave(queues.get(move.asset), move, service, rule)) return null
  }
  if (service === null) return null
  for (const [asset, queue] of queues) if (hasStale(asset, queue, service, rule)) return null
  const isWeak = sweeps.length < FEWEST_SWEEPS
  const doubts: Doubt[] = isWeak ? ["only-customer", "few-sweeps"] : ["only-customer"]
  return { service, sweeps, assets: [...assets], isWeak, doubts }
}

function arrive(
  queues: Map<string, Queue>,
  { asset, amount, height }: AccountMove,
  from: string | null,
): void {
  const queue = queues.get(asset)
  const arrival = { height, from, left: amount }
  if (queue === undefined) queues.set(asset, { arrivals: [arrival], next: 0 })
  else queue.arrivals.push(arrival)
}

/** Takes what leaves from the oldest arrivals; false where one of them had waited for too long. */
function leave(
  queue: Queue | undefined,
  { amount, asset, height, isFee }: AccountMove,
  service: string | null,
  rule: DepositRule,
): boolean {
  let left = amount
  while (queue !== undefined && left > 0n) {
    const arrival = queue.arrivals[queue.next]
    if (arrival === undefined) break
    const mayStay = arrival.left <= rule.mayKeep(asset) || arrival.from === service
    if (!isFee && !mayStay && height - arrival.height > rule.withinBlocks) return false
    if (left < arrival.left) {
      arrival.left -= left
      break
    }
    left -= arrival.left
    queue.next++
  }
  return true
}

/** Whether something arrived too long before the tip and is still there. */
function hasStale(
  asset: string,
  { arrivals, next }: Queue,
  service: string,
  { withinBlocks, mayKeep, tip }: DepositRule,
): boolean {
  const most = mayKeep(asset)
  return arrivals
    .slice(next)
    .some(({ height, from, left }) => from !== service && left > most && tip - height > withinBlocks)
}
