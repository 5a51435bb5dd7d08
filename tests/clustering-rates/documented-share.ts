import { wilson } from "../../src/clustering/rates-of.ts"
import { percent, percentOfEnd } from "../../src/reports/text/percent.ts"

/** A share as the documentation writes it, with Wilson's interval in brackets; pairs of addresses and lists have none. */
export function share(right: number, of: number, isWithoutInterval = false): string {
  if (isWithoutInterval) return percent(right, of)
  const [low, high] = wilson(right, of).map(end => percentOfEnd(end).replace(" %", ""))
  return `${percent(right, of)} (${low} to ${high})`
}
