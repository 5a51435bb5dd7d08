import type { StoppedAt } from "../contracts/screen.ts"
import type { TracedSet } from "../stores/traced/traced-set.ts"
import { type KnownService, serviceFor } from "./services-known.ts"

/** Rows that are looked at of one spender: who is a service for one asset is so in nearly every row. */
const MOST_ROWS = 1000
const MOST_NAMES = 8

/**
 * The services among these spenders where traced value had arrived: beyond them nothing is traced.
 *
 * @param position of the step in which they spent
 */
export function stopsBefore(
  set: TracedSet | null,
  spenders: readonly string[],
  position: number | null,
): readonly string[] {
  const names = new Set<string>()
  if (set === null || position === null) return []
  for (const address of spenders) {
    if (names.size === MOST_NAMES) break
    for (const row of set.rowsOfAddress(address).slice(0, MOST_ROWS)) {
      const { stop, position: arrived } = set.creditAt(row)
      if (stop === null || arrived >= position) continue
      names.add(stop.service)
      break
    }
  }
  return [...names]
}

/** The service at which following stops for an asset, and what says that it is one; null where it goes on. */
export function stopFor(known: KnownService | null, asset: string): StoppedAt | null {
  const service = serviceFor(known, asset)
  if (service === null) return null
  const by = known?.by ?? null
  const [label] = by !== null && "labels" in by ? by.labels : []
  const list = by !== null && "list" in by ? by.list : (label?.list ?? null)
  const via = by !== null && "via" in by ? by.via : null
  return { service, by: by?.kind ?? null, label: label?.label ?? null, list, via }
}
