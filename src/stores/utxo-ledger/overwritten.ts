import { Problem } from "../../units/problem.ts"
import type { Columns } from "../columns/columns.ts"

/** Transactions whose id a later coinbase took before BIP30, with that coinbase. */
export function overwrittenOf({ manifest }: Columns): ReadonlyMap<number, number> {
  const { overwritten } = manifest.extra
  if (!Array.isArray(overwritten))
    throw new Problem("ledger-damaged", { reason: "manifest.json: overwritten" })
  return new Map(overwritten.map(pair => [Number((pair as unknown[])[0]), Number((pair as unknown[])[1])]))
}
