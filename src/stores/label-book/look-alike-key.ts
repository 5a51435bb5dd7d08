/** The ends of an address that a look-alike shares with it, where it is long enough to have a middle. */
export interface Ends {
  /** What kind of address it is, by its beginning; two kinds are not alike. */
  readonly kind: string
  /** Without the beginning that all of its kind have; in lower case where case says nothing. */
  readonly body: string
  readonly head: number
  readonly tail: number
}

const HEX = /^0x[0-9a-f]{40}$/
const BECH32 = /^(?:bc|tb|bcrt|ltc|tltc|rltc)1[a-z0-9]/
/** Of Bitcoin's family; other base58 is longer or begins otherwise. */
const BASE58 = /^[13mn2LM][1-9A-HJ-NP-Za-km-z]{24,34}$/

/**
 * People compare the first and last characters that a wallet shows, and poisoned addresses are ground to match them.
 * In the fakes of the Bybit theft at least the first three and the last four digits agree; on Bitcoin two behind the
 * prefix and the last four or five (Lopp 2025, `clustering/look-alike.ts`). Of other networks nothing is known to us:
 * four at each end.
 *
 * @returns null for what is too short to have a middle
 */
export function endsOf(address: string): Ends | null {
  // Actors stand beside addresses, by names with a space.
  if (address.includes(" ")) return null
  const lower = address.toLowerCase()
  if (HEX.test(lower)) return { kind: "0x", body: lower.slice(2), head: 3, tail: 4 }
  const bech32 = BECH32.exec(address)?.[0]
  const kind = bech32 ?? address.slice(0, 1)
  const body = address.slice(kind.length)
  const head = bech32 !== undefined || BASE58.test(address) ? 2 : 4
  return body.length < 16 ? null : { kind, body, head, tail: 4 }
}

/** Addresses that may be alike have the same key. */
export function alikeKey({ kind, body, head, tail }: Ends): string {
  return `${kind} ${body.slice(0, head)} ${body.slice(-tail)}`
}

export function agreeing(a: string, b: string): { head: number; tail: number } {
  const most = Math.min(a.length, b.length)
  let head = 0
  while (head < most && a[head] === b[head]) head++
  let tail = 0
  while (tail < most - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  return { head, tail }
}
