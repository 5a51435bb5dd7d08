import type { Brand } from "./brand.ts"
import { Problem } from "./problem.ts"

/** A number of smallest units (sat, micro-XEM, wei), from 0 to 2^256 - 1. Never a float. */
export type Amount = Brand<bigint, "Amount">

/** The widest amount of any supported ledger: an Ethereum uint256. */
export const MAX_AMOUNT = (1n << 256n) - 1n

const DECIMAL_DIGITS = /^(0|[1-9][0-9]{0,77})$/

/**
 * Reads an amount written as whole smallest units, "526300010000000".
 *
 * @throws Problem `amount-fraction`, `amount-negative`, `amount-malformed` or `amount-too-large`
 */
export function parseAmount(text: string): Amount {
  if (DECIMAL_DIGITS.test(text)) {
    const value = BigInt(text)
    if (value > MAX_AMOUNT) throw new Problem("amount-too-large", { value: text })
    return value as Amount
  }
  if (/^-?[0-9]*\.[0-9]*$/.test(text)) throw new Problem("amount-fraction", { value: text })
  if (/^-[0-9]+$/.test(text)) throw new Problem("amount-negative", { value: text })
  if (/^[0-9]{79,}$/.test(text)) throw new Problem("amount-too-large", { value: `${text.slice(0, 20)}...` })
  throw new Problem("amount-malformed", { value: text })
}

/** Smallest units as whole coins, digits grouped, no rounding: (526300010000000n, 6) is "526,300,010". */
export function formatAmount(amount: bigint, decimals: number): string {
  const sign = amount < 0n ? "-" : ""
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, "0")
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ",")
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, "")
  return fraction === "" ? `${sign}${whole}` : `${sign}${whole}.${fraction}`
}
