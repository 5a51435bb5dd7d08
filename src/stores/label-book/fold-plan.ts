/** Segments below this many labels are folded together at every import: that costs next to nothing. */
export const LEAST_SEGMENT = 4096
/** A segment that is not this many times as large as all that is newer is folded into the new one. */
const RATIO = 4

/**
 * How many of the newest segments go into the one that is being made. What is kept is at least four times as large as what
 * is newer, so that a book of a million labels has five segments at the most, and a label is written anew only when
 * about as many more have come.
 *
 * @param counts of the segments' records, oldest first
 * @param coming how many records are new
 * @param least a segment of fewer records counts as one of so many
 */
export function foldedOf(counts: readonly number[], coming: number, least: number): number {
  let folded = 0
  let size = Math.max(coming, least)
  for (const count of counts.toReversed()) {
    if (count >= size * RATIO) break
    folded++
    size += count
  }
  return folded
}
