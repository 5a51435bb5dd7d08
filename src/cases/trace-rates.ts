import type { MeasuredHeuristic } from "../clustering/measured-rates.ts"
import type { ClusterRate } from "../contracts/cluster.ts"
import type { Arrival, AssetAnswer } from "../contracts/trace.ts"
import type { Inquiry } from "./inquiry.ts"
import { ratesSaid } from "./rates-said.ts"

/** The measured error rates of the patterns by which following stopped, each once; of accounts Ethereum's alone are known. */
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
    if (source.shape === "utxo") used.push("deposit-address")
    else if (chain === "ethereum") used.push("deposit-account")
  }
  if (kinds.has("cluster")) used.push("co-spend", "cluster", "coinjoin")
  return ratesSaid(used)
}
