import type { Figures } from "../../contracts/trace.ts"
import { BUCKETS, type Bucket } from "../../ledger/vocabulary.ts"
import type { FlowGraph } from "./flow-nodes.ts"

/** What a drawing has in each place of the identity. */
export function drawnIn({ nodes }: FlowGraph): Readonly<Record<Bucket, bigint>> {
  const sums = Object.fromEntries(BUCKETS.map(bucket => [bucket, 0n])) as Record<Bucket, bigint>
  for (const { kind, name, amount } of nodes) {
    if (kind === "place") sums[name as Bucket] += amount
    else if (kind === "service" || kind === "otherServices") sums.services += amount
    else if (kind === "declared" || kind === "exchangedIn") sums[kind] += amount
  }
  return sums
}

/**
 * Whether a drawing has every unit where the figures have it. Flows do not say how much of a credit that is declared
 * stolen twice was traced already; where coins declared twice also pay fees that are followed, it may not be found.
 */
export function agrees(graph: FlowGraph, total: Figures): boolean {
  const sums = drawnIn(graph)
  return BUCKETS.every(bucket => sums[bucket] === BigInt(total[bucket]))
}
