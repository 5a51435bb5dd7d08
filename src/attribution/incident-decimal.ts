/** Exact decimal sums: (units, decimals) pairs as bigints; "5.3" is 53 with one decimal. */
export interface Decimal {
  readonly units: bigint
  readonly decimals: number
}

/** Reads "571000000" or "0.5": digits, at most one point. The form is held by the schema; anything else is a bug. */
export function decimalOf(text: string): Decimal {
  if (!/^(0|[1-9]\d*)(\.\d+)?$/.test(text)) throw new Error(`not a decimal: ${text}`)
  const [whole = "0", fraction = ""] = text.split(".")
  return { units: BigInt(whole + fraction), decimals: fraction.length }
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const decimals = Math.max(a.decimals, b.decimals)
  return { units: scaled(a, decimals) + scaled(b, decimals), decimals }
}

/** Below 0, 0 or above 0, as a is below, equal to or above b. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const decimals = Math.max(a.decimals, b.decimals)
  const difference = scaled(a, decimals) - scaled(b, decimals)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export function subtractDecimals(a: Decimal, b: Decimal): Decimal {
  const decimals = Math.max(a.decimals, b.decimals)
  return { units: scaled(a, decimals) - scaled(b, decimals), decimals }
}

/** Without trailing zeros after the point: 5713 with one decimal is "571.3". */
export function decimalText({ units, decimals }: Decimal): string {
  const sign = units < 0n ? "-" : ""
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, "0")
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, "")
  return fraction === "" ? sign + whole : `${sign}${whole}.${fraction}`
}

const scaled = ({ units, decimals }: Decimal, to: number): bigint => units * 10n ** BigInt(to - decimals)
