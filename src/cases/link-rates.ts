import type { ClusterRate } from "../contracts/cluster.ts"
import type { LinkPair } from "../contracts/links.ts"
import type { LinkContext } from "./link-context.ts"
import { ratesSaid } from "./rates-said.ts"
import { heuristicsOfStops } from "./trace-rates.ts"

/** The measured error rates of all that is told between thefts, and of the patterns by which following stopped. */
export function ratesOfLinks(
  pairs: readonly LinkPair[],
  { book, chain, source, findings }: LinkContext,
): readonly ClusterRate[] {
  const told = pairs.flatMap(({ findings: found, countsNothing }) => [...found, ...countsNothing])
  const stops = new Set(findings.arrived.map(({ address }) => book.serviceAt(address)?.by?.kind))
  return ratesSaid([
    ...told.flatMap(({ heuristics = [] }) => heuristics),
    ...heuristicsOfStops(stops, source.shape, chain),
  ])
}
