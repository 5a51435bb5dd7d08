import type { MeasuredHeuristic } from "../clustering/measured-rates.ts"
import type { ClusterRate } from "../contracts/cluster.ts"
import type { Arrival, AssetAnswer } from "../contracts/trace.ts"
import { depositAccountRates } from "./deposit-rates.ts"
import type { Inquiry } from "./inquiry.ts"
import { ratesSaid } from "./rates-said.ts"

/** The measured error rates of the patterns by which following stopped, each once. */
export function ratesOfStops(
  answers: readonly AssetAnswer[],
  { source, chain }: Inquiry,
): readonly ClusterRate[] {
  const arrivals = answers.flatMap(({ rules }) =>
    Object.values(rules).flatMap((rule: { readonly arrivals: readonly Arrival[] }) => rule.arrivals),
  )
  const kinds = new Set(arrivals.map(({ stoppedBy }) => stoppedBy?.kind))
  const used: MeasuredHeuristic[] = []
  if (kinds.has("deposit-address")) {
    const measured = source.shape === "utxo" ? "deposit-address" : depositAccountRates(chain, false)
    if (measured !== null) used.push(measured)
  }
  if (kinds.has("cluster")) used.push("co-spend", "cluster", "coinjoin")
  return ratesSaid(used)
}
