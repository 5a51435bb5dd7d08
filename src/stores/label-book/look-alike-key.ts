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

/**
 * People compare the first and last characters that a wallet shows, and poisoned addresses are ground to match them.
 * In the fakes of the Bybit theft at least the first three and the last four digits agree; four at each end of a
 * base58, bech32 or NEM address are about as much work to grind.
 *
 * @returns null for what is too short to have a middle
 */
export function endsOf(address: string): Ends | null {
  // Actors stand beside addresses, by names with a space.
  if (address.includes(" ")) return null
  const lower = address.toLowerCase()
  if (HEX.test(lower)) return { kind: "0x", body: lower.slice(2), head: 3, tail: 4 }
  const kind = BECH32.exec(address)?.[0] ?? address.slice(0, 1)
  const body = address.slice(kind.length)
  return body.length < 16 ? null : { kind, body, head: 4, tail: 4 }
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
