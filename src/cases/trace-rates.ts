import type { MeasuredHeuristic } from "../clustering/measured-rates.ts"
import type { ClusterRate } from "../contracts/cluster.ts"
import type { Arrival, AssetAnswer, StoppedBy } from "../contracts/trace.ts"
import { depositHeuristicOn } from "./deposit-heuristic.ts"
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
  const kinds = arrivals.map(({ stoppedBy }) => stoppedBy?.kind)
  return ratesSaid(heuristicsOfStops(kinds, source.shape, chain))
}

/** What following rests on where it stopped by these: nothing where a file, the case, the chain or a label said so. */
export function heuristicsOfStops(
  kinds: Iterable<StoppedBy["kind"] | undefined>,
  shape: "utxo" | "account",
  chain: string | null,
): readonly MeasuredHeuristic[] {
  const stopped = new Set(kinds)
  return [
    // It never stops at what was swept only once.
    ...(stopped.has("deposit-address") ? depositHeuristicOn(shape, chain, false) : []),
    ...(stopped.has("cluster") ? (["co-spend", "cluster", "coinjoin"] as const) : []),
  ]
}
