import type { BookSegment } from "./book-segment.ts"
import { keyOf } from "./key-index.ts"

/**
 * Which addresses of each segment a newer one has as well, by their numbers. Newer segments are the smaller ones, so that
 * each of their addresses is looked up in all older ones.
 *
 * @param segments oldest first
 */
export function hiddenIn(segments: readonly BookSegment[]): readonly ReadonlySet<number>[] {
  const hidden = segments.map(() => new Set<number>())
  for (const [n, newer] of segments.entries()) {
    if (n === 0) continue
    for (let id = 1; id <= newer.addressCount; id++) {
      const address = newer.addressAt(id)
      const key = keyOf(address)
      for (let older = 0; older < n; older++) {
        const found = segments[older]?.idOf(address, key) ?? 0
        if (found !== 0) hidden[older]?.add(found)
      }
    }
  }
  return hidden
}
