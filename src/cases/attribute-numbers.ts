import { type Fraction, fractionText, roundedText } from "../attribution/fraction.ts"
import type { Ratio } from "../attribution/ratio.ts"
import type { ExactNumber, RatioSpan } from "../contracts/attribute.ts"

/** Exact, and rounded to three digits away from what would claim more. */
export const numberOf = (value: Fraction, towards: "down" | "up"): ExactNumber => ({
  exact: fractionText(value),
  shown: roundedText(value, towards),
})

export const spanOf = ({ low, high }: Ratio): RatioSpan => ({
  low: numberOf(low, "down"),
  high: high === null ? null : numberOf(high, "up"),
})
