/**
 * How many labels were first seen on each day (YYYYMMDD), the days in order, and how many of them bear it as a day of
 * their list, or one that the user gave: a day of import says nothing of how old a list is.
 */
export type SeenDays = readonly (readonly [day: number, labels: number, dated: number])[]

/** Counts labels by the day on which they were first seen. */
export class SeenDaysCount {
  readonly #counts = new Map<number, { labels: number; dated: number }>()

  add(day: number, labels: number, dated: number): void {
    const known = this.#counts.get(day)
    if (known === undefined) this.#counts.set(day, { labels, dated })
    else {
      known.labels += labels
      known.dated += dated
    }
  }

  get days(): SeenDays {
    return [...this.#counts]
      .filter(([, { labels }]) => labels > 0)
      .map(([day, { labels, dated }]) => [day, labels, dated] as const)
      .sort(([a], [b]) => a - b)
  }
}

/** What is left of these when some of the labels are hidden. */
export function without(days: SeenDays, hidden: SeenDays): SeenDays {
  const left = new SeenDaysCount()
  for (const [day, labels, dated] of days) left.add(day, labels, dated)
  for (const [day, labels, dated] of hidden) left.add(day, -labels, -dated)
  return left.days
}

export function labelsIn(days: SeenDays): number {
  return days.reduce((sum, [, labels]) => sum + labels, 0)
}

/** How many had been seen by a day, and the newest day that one of these bears as its list's; 0 for none. */
export function seenBy(
  all: readonly SeenDays[],
  asOf: number,
): { readonly count: number; readonly newest: number } {
  const known = all.flat().filter(([day]) => day <= asOf)
  return {
    count: labelsIn(known),
    newest: known.reduce((newest, [day, , dated]) => (dated > 0 ? Math.max(newest, day) : newest), 0),
  }
}

export function isSeenDays(value: unknown): value is SeenDays {
  return (
    Array.isArray(value) &&
    value.every(one => Array.isArray(one) && one.length === 3 && one.every(n => Number.isSafeInteger(n)))
  )
}
