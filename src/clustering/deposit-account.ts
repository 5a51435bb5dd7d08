import type { AccountGraph } from "./account-graph.ts"
import { ArrivalQueue } from "./arrival-queue.ts"
import type { Doubt } from "./doubt.ts"

export interface AccountDepositFinding {
  readonly service: string
  /** Positions of the moves to the service, in order. */
  readonly sweeps: readonly number[]
  /** Assets that were passed on, in the order in which they first were: of these it is a deposit account. */
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
  /** Whether anybody can make such an asset and write moves of it; none where left out. */
  readonly isAnybodys?: (asset: string) => boolean
}

/** Victor, "Address Clustering Heuristics for Ethereum", 2020: 3,200 blocks, about half a day, and 0.01 ether. */
export const VICTOR_BLOCKS = 3_200
export const VICTOR_KEEP_WEI = 10_000_000_000_000_000n

const FEWEST_SWEEPS = 2
/** What is sent about unasked comes once; who holds a token and keeps it is mostly paid in it again. */
const MOST_UNASKED = 1

/**
 * An account that passes on, asset by asset, everything it receives to accounts of one service within the stated number
 * of blocks: less fees, less what the rule lets it keep, and less a hundredth of each asset, which is dust that somebody
 * sent or that did not pay a sweep. What the service itself sends, such as ether for the fees of a token's sweep, need
 * not be passed on. Tokens are anybody's to send: one that came once and never left is left aside, and so is a move of
 * one that never came, in a transaction that the account did not pay for. Null where it never passed anything on, or did
 * otherwise.
 */
export function depositAccountOf(
  graph: AccountGraph,
  account: string,
  serviceOf: (account: string) => string | null,
  rule: DepositRule,
): AccountDepositFinding | null {
  if (serviceOf(account) !== null) return null
  const queues = new Map<string, ArrivalQueue>()
  const assets = new Set<string>()
  const sweeps: number[] = []
  let service: string | null = null
  let moves = 0
  let paidFor: number | null = null
  for (const move of graph.movesOf(account)) {
    moves++
    if (moves > rule.mostMoves) return null
    const { asset, counterparty, isFee, direction, tx } = move
    if (isFee && direction === "out") paidFor = tx ?? null
    if (move.amount === 0n || counterparty === account) continue
    const other = counterparty === null || isFee ? null : serviceOf(counterparty)
    if (direction === "in") {
      // Before the first sweep the service is not known: what any service sent is kept, and judged once it is.
      if (other === null || other !== service) queueOf(queues, asset, rule).arrive(move, other)
      continue
    }
    if (!isFee) {
      const isForged = rule.isAnybodys?.(asset) && !queues.has(asset) && tx !== undefined && tx !== paidFor
      if (isForged) continue
      if (other === null || (service !== null && other !== service)) return null
      service = other
      sweeps.push(move.position)
      assets.add(asset)
    }
    queues.get(asset)?.leave(move, service)
  }
  if (service === null) return null
  let keepsTokens = false
  for (const [asset, queue] of queues) {
    const isUnasked = queue.count <= MOST_UNASKED && !assets.has(asset)
    if (isUnasked && rule.isAnybodys?.(asset)) keepsTokens = true
    else if (!queue.isPassedOn(service)) return null
  }
  const isWeak = sweeps.length < FEWEST_SWEEPS
  const doubts: Doubt[] = ["only-customer"]
  if (isWeak) doubts.push("few-sweeps")
  if (keepsTokens) doubts.push("kept-tokens")
  return { service, sweeps, assets: [...assets], isWeak, doubts }
}

function queueOf(queues: Map<string, ArrivalQueue>, asset: string, rule: DepositRule): ArrivalQueue {
  const known = queues.get(asset)
  if (known !== undefined) return known
  const queue = new ArrivalQueue(rule, rule.mayKeep(asset))
  queues.set(asset, queue)
  return queue
}
