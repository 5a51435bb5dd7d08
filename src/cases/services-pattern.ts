import type { Doubt } from "../clustering/doubt.ts"
import type { KnownService } from "./services-known.ts"
import type { Anchor } from "./services-recogniser.ts"

/** Transactions that are told of one pattern. */
const MOST_TOLD = 16

/** A service that a pattern leads to, with the transactions that show it and what it cannot rule out. */
export function knownByPattern(
  kind: "deposit-address" | "cluster",
  via: string,
  { service, by }: Anchor,
  txids: readonly string[],
  cannotRuleOut: readonly Doubt[],
): KnownService {
  const { labels, labelsLeftOut, disagree } = by
  const leftOut = Math.max(0, txids.length - MOST_TOLD)
  return {
    service,
    by: {
      kind,
      grade: "inferred",
      via,
      transactions: txids.slice(0, MOST_TOLD),
      ...(leftOut > 0 ? { transactionsLeftOut: leftOut } : {}),
      cannotRuleOut,
      labels,
      ...(labelsLeftOut === undefined ? {} : { labelsLeftOut }),
      disagree,
    },
  }
}
