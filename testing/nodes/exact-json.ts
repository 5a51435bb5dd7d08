const STRING_OR_DECIMAL = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g
const COINS = /^(\d+)\.(\d{8})$/

/** JSON whose numbers with a point or an exponent stay text: an amount in coins is never a float. */
export function parseExact(text: string): unknown {
  return JSON.parse(
    text.replace(STRING_OR_DECIMAL, token => {
      return token.startsWith('"') || /^-?\d+$/.test(token) ? token : `"${token}"`
    }),
  )
}

/** Coins as a node writes them, "12.34567890", in smallest units. */
export function smallestUnits(coins: unknown): bigint {
  const [, whole, fraction] = COINS.exec(String(coins)) ?? []
  if (whole === undefined || fraction === undefined) throw new Error(`no amount in coins: ${String(coins)}`)
  return BigInt(whole + fraction)
}

/** Smallest units as a node reads them. */
export function inCoins(units: bigint): string {
  const digits = units.toString().padStart(9, "0")
  return `${digits.slice(0, -8)}.${digits.slice(-8)}`
}
