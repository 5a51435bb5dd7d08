import type { Cluster } from "../clustering/cluster-around.ts"
import { type MeasuredHeuristic, measuredRecord } from "../clustering/measured-rates.ts"
import { type Rate, ratesOf } from "../clustering/rates-of.ts"
import type { ClusterAnswer, ClusterRate, RateSaid } from "../contracts/cluster.ts"

/** The measured error rates of every heuristic that the answers rest on, each once. */
export function ratesUsed(answers: readonly ClusterAnswer[]): readonly ClusterRate[] {
  const used = new Set<MeasuredHeuristic>()
  for (const { cluster, deposit } of answers.flatMap(({ subjects }) => subjects.shown)) {
    // Measured for Bitcoin's family alone: nothing is said of accounts by it.
    if (cluster === null) continue
    for (const heuristic of ["co-spend", "cluster", "coinjoin"] as const) used.add(heuristic)
    for (const { pattern } of cluster.leftOut.shown) used.add(`coinjoin-${pattern}` as const)
    if (cluster.payjoins.count > 0) used.add("unnecessary-input")
    if (cluster.changes.count > 0) used.add("change-consensus")
    for (const { votes } of cluster.changes.shown) {
      for (const { heuristic } of votes) used.add(`change-${heuristic}` as const)
    }
    if (deposit !== null) used.add(deposit.isWeak ? "deposit-address-one-sweep" : "deposit-address")
  }
  return [...used].map(rateOf)
}

/** What the members of one cluster rest on, each once. */
export function heuristicsOf({ leftOut, unnecessary }: Cluster): readonly MeasuredHeuristic[] {
  const patterns = leftOut.map(({ finding }) => `coinjoin-${finding.pattern}` as const)
  const payjoin = unnecessary.length > 0 ? (["unnecessary-input"] as const) : []
  return [...new Set<MeasuredHeuristic>(["co-spend", "cluster", "coinjoin", ...patterns, ...payjoin])]
}

export function rateOf(heuristic: MeasuredHeuristic): ClusterRate {
  const record = measuredRecord(heuristic)
  const { counted, worlds, seeds } = record
  const { precision, recall } = ratesOf(record)
  return { heuristic, counted, precision: said(precision), recall: said(recall), worlds, seeds }
}

function said(rate: Rate | null): RateSaid | null {
  return rate === null ? null : { right: rate.right, of: rate.of, interval: rate.interval }
}
