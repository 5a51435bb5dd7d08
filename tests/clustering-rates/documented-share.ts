import { wilson } from "../../src/clustering/rates-of.ts"

const percent = (part: number): string => (part * 100).toFixed(1)

/** A share as the documentation writes it, with Wilson's interval in brackets; pairs of addresses have none. */
export function share(right: number, of: number, isOfPairs = false): string {
  const head = right === of ? "all" : `${percent(right / of)} %`
  if (isOfPairs) return head
  const [low, high] = wilson(right, of)
  return `${head} (${percent(low)} to ${percent(high)})`
}
