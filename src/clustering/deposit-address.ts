import { isOwnerless } from "./co-spend.ts"
import { coinjoinOf } from "./coinjoin.ts"
import type { Doubt } from "./doubt.ts"
import type { OwnerGraph } from "./owner-graph.ts"

/** A place that only ever passed on to one service what it was sent. */
export interface DepositFinding {
  readonly service: string
  /** The transactions that moved it to the service, in chain order. */
  readonly sweeps: readonly number[]
  /** Outputs that wait to be swept. */
  readonly waiting: number
  /** Fewer than two sweeps: a single payment to a service looks the same. */
  readonly isWeak: boolean
  readonly doubts: readonly Doubt[]
}

/** An address that received more is no customer's deposit address to be told by its history. */
const MOST_OUTPUTS = 100_000
const FEWEST_SWEEPS = 2

/**
 * An address of Bitcoin's family all of whose spent outputs went, in whole, to owners of one service, alone or beside
 * other addresses' (the sweep of Meiklejohn and others 2013). Null where it never spent, or spent otherwise; where it
 * takes change; where it is the service's by its own label; and where it has more than `mostOutputs` outputs.
 */
export function depositOf(
  graph: OwnerGraph,
  owner: number,
  serviceOf: (owner: number) => string | null,
  mostOutputs = MOST_OUTPUTS,
): DepositFinding | null {
  if (serviceOf(owner) !== null || graph.outputCount(owner) > mostOutputs) return null
  const sweeps = new Set<number>()
  let waiting = 0
  let service: string | null = null
  for (const output of graph.outputsOf(owner)) {
    const tx = graph.spenderOf(output)
    if (tx === null) {
      waiting++
      continue
    }
    if (sweeps.has(tx)) continue
    const swept = sweptTo(graph, tx, serviceOf)
    if (swept === null || (service !== null && swept !== service)) return null
    service = swept
    sweeps.add(tx)
  }
  if (service === null) return null
  const isWeak = sweeps.size < FEWEST_SWEEPS
  const doubts: Doubt[] = isWeak ? ["only-customer", "few-sweeps"] : ["only-customer"]
  return { service, sweeps: [...sweeps].sort((a, b) => a - b), waiting, isWeak, doubts }
}

/** The one service that all spendable outputs of a transaction are of; null where there is none. */
function sweptTo(graph: OwnerGraph, tx: number, serviceOf: (owner: number) => string | null): string | null {
  const transaction = graph.transaction(tx)
  let service: string | null = null
  for (const { owner, kind } of transaction.outputs) {
    if (isOwnerless(kind)) {
      if (kind === "burned") continue
      return null
    }
    const other = serviceOf(owner)
    if (other === null || (service !== null && other !== service)) return null
    service = other
  }
  return service === null || coinjoinOf(transaction) !== null ? null : service
}
