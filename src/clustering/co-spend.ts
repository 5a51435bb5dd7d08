import { coinjoinOf } from "./coinjoin.ts"
import type { CoinjoinFinding } from "./coinjoin-finding.ts"
import type { Doubt } from "./doubt.ts"
import type { OwnedTransaction } from "./owner-graph.ts"

/** The owners that one transaction joins, in the order of its inputs, each once; or why it joins none. */
export type CoSpend =
  | { readonly joins: true; readonly owners: readonly number[] }
  | { readonly joins: false; readonly reason: "coinbase" | "one-owner" }
  | { readonly joins: false; readonly reason: "coinjoin"; readonly finding: CoinjoinFinding }

/**
 * What co-spending cannot rule out, whatever the transaction. Measured on real chains it errs rarely, and then badly
 * (Harrigan and Fretter, "The Unreasonable Effectiveness of Address Clustering", 2016; Goldfeder and others, "When the
 * cookie meets the blockchain", 2018).
 */
export const CO_SPEND_DOUBTS: readonly Doubt[] = ["payjoin", "coinjoin", "two-party-join", "shared-custody"]

/** Value that everyone or nobody spends says nothing about who spends it. */
const OWNERLESS: ReadonlySet<string> = new Set(["burned", "mweb"])

export const isOwnerless = (kind: string): boolean => OWNERLESS.has(kind)

/**
 * Who signs the inputs of one transaction is one owner (Nakamoto 2008, section 10; Androulaki and others 2013; Ron and
 * Shamir 2013; Meiklejohn and others 2013, heuristic 1), coinjoins left out.
 */
export function coSpendOf(tx: OwnedTransaction): CoSpend {
  if (tx.isCoinbase) return { joins: false, reason: "coinbase" }
  const owners = new Set<number>()
  for (const { owner, kind } of tx.inputs) if (!isOwnerless(kind)) owners.add(owner)
  if (owners.size < 2) return { joins: false, reason: "one-owner" }
  const finding = coinjoinOf(tx)
  if (finding !== null) return { joins: false, reason: "coinjoin", finding }
  return { joins: true, owners: [...owners] }
}
