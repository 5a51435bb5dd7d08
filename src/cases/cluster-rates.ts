import type { Cluster } from "../clustering/cluster-around.ts"
import type { MeasuredHeuristic } from "../clustering/measured-rates.ts"
import type { ClusterAnswer, ClusterRate } from "../contracts/cluster.ts"
import { depositHeuristicOn } from "./deposit-heuristic.ts"
import { ratesSaid } from "./rates-said.ts"

/**
 * The measured error rates of every heuristic that the answers rest on, each once.
 *
 * @param chain of the ledger: each chain of accounts has a rule of its own, and rates of it
 */
export function ratesUsed(answers: readonly ClusterAnswer[], chain: string | null): readonly ClusterRate[] {
  const used: MeasuredHeuristic[] = []
  for (const { cluster, deposit, depositUnknown } of answers.flatMap(({ subjects }) => subjects.shown)) {
    if (cluster === null) {
      // That nothing was recognised rests on it as well.
      if (depositUnknown === null)
        used.push(...depositHeuristicOn("account", chain, deposit?.isWeak ?? false))
      continue
    }
    used.push("co-spend", "cluster", "coinjoin")
    for (const { pattern } of cluster.leftOut.shown) used.push(`coinjoin-${pattern}` as const)
    if (cluster.payjoins.count > 0) used.push("unnecessary-input")
    if (cluster.changes.count > 0) used.push("change-consensus")
    for (const { votes } of cluster.changes.shown) {
      for (const { heuristic } of votes) used.push(`change-${heuristic}` as const)
    }
    if (deposit !== null) used.push(...depositHeuristicOn("utxo", chain, deposit.isWeak))
  }
  return ratesSaid(used)
}

/** What the members of one cluster rest on, each once. */
export function heuristicsOf({ leftOut, unnecessary }: Cluster): readonly MeasuredHeuristic[] {
  const patterns = leftOut.map(({ finding }) => `coinjoin-${finding.pattern}` as const)
  const payjoin = unnecessary.length > 0 ? (["unnecessary-input"] as const) : []
  return [...new Set<MeasuredHeuristic>(["co-spend", "cluster", "coinjoin", ...patterns, ...payjoin])]
}
