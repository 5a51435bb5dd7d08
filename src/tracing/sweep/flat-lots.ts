import type { Label } from "../label.ts"

/**
 * Lots as a sweep keeps them: label, amount, label, amount ... in one array of numbers, since millions are held at a
 * time. Amounts are integers above 0 and below 2^53; neighbours with equal labels are one lot.
 */
export type FlatLots = readonly number[]

export function pushFlat(lots: number[], label: Label, amount: number): void {
  if (amount === 0) return
  const { length } = lots
  if (length > 0 && lots[length - 2] === label) lots[length - 1] = (lots[length - 1] as number) + amount
  else lots.push(label, amount)
}

/** The sum of the traced lots. */
export function tracedFlat(lots: FlatLots): number {
  let traced = 0
  for (let at = 0; at < lots.length; at += 2) if (lots[at] !== 0) traced += lots[at + 1] as number
  return traced
}

/** The sum of all lots. */
export function totalFlat(lots: FlatLots): number {
  let total = 0
  for (let at = 1; at < lots.length; at += 2) total += lots[at] as number
  return total
}
