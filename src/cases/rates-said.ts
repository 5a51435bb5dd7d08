import { type MeasuredHeuristic, measuredRecord } from "../clustering/measured-rates.ts"
import { type Rate, ratesOf } from "../clustering/rates-of.ts"
import type { ClusterRate, RateSaid } from "../contracts/cluster.ts"

/** The measured error rates of these heuristics, each once, as answers have them. */
export function ratesSaid(heuristics: Iterable<MeasuredHeuristic>): readonly ClusterRate[] {
  return [...new Set(heuristics)].map(heuristic => {
    const record = measuredRecord(heuristic)
    const { counted, worlds, seeds } = record
    const { precision, recall } = ratesOf(record)
    return { heuristic, counted, precision: said(precision), recall: said(recall), worlds, seeds }
  })
}

function said(rate: Rate | null): RateSaid | null {
  return rate === null ? null : { right: rate.right, of: rate.of, interval: rate.interval }
}
