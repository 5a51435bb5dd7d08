/** An exact number of zero or more, in lowest terms. Nothing here is ever a float, so that a reader's sum is ours. */
export interface Fraction {
  readonly n: bigint
  /** Above 0. */
  readonly d: bigint
}

/** Longer than any judgement or any printed share; bounds the work that a file can ask for. */
const MOST_DIGITS = 12

export const ZERO: Fraction = { n: 0n, d: 1n }
export const ONE: Fraction = { n: 1n, d: 1n }

/** @throws RangeError where d is 0 */
export function fraction(n: bigint, d: bigint): Fraction {
  if (d === 0n) throw new RangeError("a fraction of nothing")
  const divisor = greatestDivisor(n, d)
  return { n: n / divisor, d: d / divisor }
}

/** "0.25" exactly; null for anything but plain digits with at most twelve of them on either side of the point. */
export function parseDecimal(text: string): Fraction | null {
  const found = /^(\d+)(?:\.(\d+))?$/.exec(text)
  const [, whole = "", decimals = ""] = found ?? []
  if (found === null || whole.length > MOST_DIGITS || decimals.length > MOST_DIGITS) return null
  return fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length))
}

export const plus = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d + b.n * a.d, a.d * b.d)
export const times = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.n, a.d * b.d)
export const over = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d, a.d * b.n)
export const inverse = (a: Fraction): Fraction => fraction(a.d, a.n)

/** 1 - a, for a share from 0 to 1. */
export const rest = (a: Fraction): Fraction => fraction(a.d - a.n, a.d)

/** Below 0, 0 or above 0, as a stands to b. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.n * b.d - b.n * a.d
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export const fractionText = ({ n, d }: Fraction): string => (d === 1n ? `${n}` : `${n}/${d}`)

/**
 * Three leading digits. The lower end of an interval is rounded down and the upper end up, so that what is printed
 * never claims more than what was computed.
 */
export function roundedText(value: Fraction, towards: "down" | "up"): string {
  if (value.n === 0n) return "0"
  const scale = 2 - magnitude(value)
  const [n, d] =
    scale >= 0 ? [value.n * 10n ** BigInt(scale), value.d] : [value.n, value.d * 10n ** BigInt(-scale)]
  const digits = n / d + (towards === "up" && n % d !== 0n ? 1n : 0n)
  if (scale <= 0) return `${digits * 10n ** BigInt(-scale)}`
  const text = digits.toString().padStart(scale + 1, "0")
  return `${text.slice(0, -scale)}.${text.slice(-scale)}`.replace(/\.?0+$/, "")
}

/** The power of ten of the first digit that is not 0. */
function magnitude({ n, d }: Fraction): number {
  let power = n.toString().length - d.toString().length
  while (isBelowPower(n, d, power)) power--
  while (!isBelowPower(n, d, power + 1)) power++
  return power
}

const isBelowPower = (n: bigint, d: bigint, power: number): boolean =>
  power >= 0 ? n < d * 10n ** BigInt(power) : n * 10n ** BigInt(-power) < d

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x === 0n ? 1n : x
}
