import { likeness } from "../clustering/look-alike.ts"

/** An address that another one looks like, and how many characters agree at either end. */
export interface Nearest {
  readonly address: string
  readonly head: number
  readonly tail: number
}

/** The most alike of these addresses; null where none is alike enough to be mistaken. */
export function nearestLikeness(address: string, others: Iterable<string>): Nearest | null {
  let nearest: Nearest | null = null
  for (const other of others) {
    const like = likeness(address, other)
    if (like === null) continue
    if (nearest === null || like.head + like.tail > nearest.head + nearest.tail)
      nearest = { address: other, ...like }
  }
  return nearest
}

/** Addresses that are alike share this: the last four characters, and in hexadecimal the first three too. */
export function endsOf(address: string): string {
  return `${address.startsWith("0x") ? address.slice(0, 5) : ""} ${address.slice(-4)}`
}
