import type { MeasuredHeuristic } from "../clustering/measured-rates.ts"

/** Under what name the error rates of a chain's deposit rule are told, of two sweeps and of one. */
const MEASURED: ReadonlyMap<string | null, readonly [sure: MeasuredHeuristic, weak: MeasuredHeuristic]> =
  new Map([
    ["ethereum", ["deposit-account", "deposit-account-one-sweep"]],
    ["nem", ["deposit-account-nem", "deposit-account-nem-one-sweep"]],
  ])

/** Null where nothing was measured: on a chain that nobody named, another's rates say nothing. */
export function depositAccountRates(chain: string | null, isWeak: boolean): MeasuredHeuristic | null {
  return MEASURED.get(chain)?.[isWeak ? 1 : 0] ?? null
}
