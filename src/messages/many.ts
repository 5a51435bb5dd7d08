/** A count with its noun in English, thousands grouped: "1 label", "100,000 labels". */
export function many(count: number, one: string, more: string): string {
  return `${grouped(count)} ${count === 1 ? one : more}`
}

/** In both languages. */
export function grouped(count: number): string {
  return count.toLocaleString("en")
}
