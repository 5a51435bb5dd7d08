import type { MeasuredHeuristic } from "../clustering/measured-rates.ts"

/** What was measured where two sweeps are asked, and where one is enough. */
interface Measured {
  readonly strong: MeasuredHeuristic
  readonly weak: MeasuredHeuristic
}

const OF_OUTPUTS: Measured = { strong: "deposit-address", weak: "deposit-address-one-sweep" }

/** Each account chain has a rule of its own (deposit-rule.ts): that of a chain which is not here was not measured. */
const OF_ACCOUNTS: ReadonlyMap<string | null, Measured> = new Map([
  ["ethereum", { strong: "deposit-account", weak: "deposit-account-one-sweep" }],
  ["nem", { strong: "deposit-account-nem", weak: "deposit-account-nem-one-sweep" }],
])

/**
 * By which measured heuristic a deposit address or account is recognised; none where the chain's rule was not measured.
 *
 * @param isWeak it was swept once
 */
export function depositHeuristicOn(
  shape: "utxo" | "account",
  chain: string | null,
  isWeak: boolean,
): readonly MeasuredHeuristic[] {
  const measured = shape === "utxo" ? OF_OUTPUTS : OF_ACCOUNTS.get(chain)
  if (measured === undefined) return []
  return [isWeak ? measured.weak : measured.strong]
}
