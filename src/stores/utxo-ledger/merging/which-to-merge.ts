/**
 * A segment is at least this many times as large as all after it together, or it is merged with them. So there are at
 * most log3(ledger / block) of them (10 at the most, 6 on average, over 20,000 blocks on a ledger of 140,000 as large), and a
 * row is written anew only where its segment grows by a half or more (12 times on average over the same blocks).
 */
const RATIO = 2

/**
 * Which of the segments are merged with what is added: from which one on. As many as there are for none of them.
 *
 * @param sizes of the segments, oldest first
 */
export function firstToMerge(sizes: readonly number[], added: number): number {
  let first = sizes.length
  let after = added
  for (const [at, size] of [...sizes.entries()].reverse()) {
    if (size < RATIO * after) first = at
    after += size
  }
  return first
}
