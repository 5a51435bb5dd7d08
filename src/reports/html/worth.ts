import type { CasePrice } from "../../casefile/case.ts"

/** A number that is exact: no price is turned into a float on the way to a court. */
export interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

const DECIMAL = /^(\d+)(?:\.(\d+))?$/

export function decimal(text: string): Fraction | null {
  const match = DECIMAL.exec(text)
  if (match === null) return null
  const [, whole = "", fraction = ""] = match
  return { numerator: BigInt(whole + fraction), denominator: 10n ** BigInt(fraction.length) }
}

/**
 * What an amount is worth at a price: a price for one whole coin, or a published total for a published number of
 * smallest units. Null where the case gives neither in full.
 */
export function worth(amount: bigint, decimals: number, price: CasePrice): Fraction | null {
  if (price.price !== undefined) {
    const each = decimal(price.price)
    if (each === null) return null
    return { numerator: amount * each.numerator, denominator: each.denominator * 10n ** BigInt(decimals) }
  }
  if (price.total === undefined || price.of === undefined || !/^\d+$/.test(price.of)) return null
  const [total, of] = [decimal(price.total), BigInt(price.of)]
  if (total === null || of === 0n) return null
  return { numerator: amount * total.numerator, denominator: total.denominator * of }
}

/** To the nearest whole number, a half upwards; done once, when it is shown. */
export function rounded({ numerator, denominator }: Fraction): bigint {
  return (2n * numerator + denominator) / (2n * denominator)
}
