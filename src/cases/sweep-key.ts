import { createHash } from "node:crypto"

/** What a saved sweep must have been asked to be gone on with: everything that changes a figure but the horizon. */
export interface SweepOrder {
  readonly thefts: readonly { readonly id: string; readonly refs: readonly string[] }[]
  readonly fees: "drop" | "follow"
  readonly services: ReadonlyMap<string, string>
  readonly chain: string
}

/** A name for a folder of states: the same for the same question, and for no other. */
export function sweepKey({ thefts, fees, services, chain }: SweepOrder): string {
  const asked = {
    format: 1,
    chain,
    fees,
    thefts: thefts.map(({ id, refs }) => [id, refs]),
    services: [...services].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  }
  return createHash("sha256").update(JSON.stringify(asked)).digest("hex").slice(0, 32)
}
