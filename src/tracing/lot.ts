import { type Label, UNTRACED } from "./label.ts"

/** Value of one label, above zero. Lots are never changed in place: pots and flows may share them. */
export interface Lot {
  readonly label: Label
  readonly amount: bigint
}
export type Lots = readonly Lot[]

/** Adds a lot at the back; nothing for an amount of zero; neighbours with equal labels become one lot. */
export function pushLot(lots: Lot[], label: Label, amount: bigint): void {
  if (amount === 0n) return
  const last = lots.at(-1)
  if (last !== undefined && last.label === label)
    lots[lots.length - 1] = { label, amount: last.amount + amount }
  else lots.push({ label, amount })
}

export function untracedLots(amount: bigint): Lots {
  return amount === 0n ? [] : [{ label: UNTRACED, amount }]
}

export function totalOf(lots: Lots): bigint {
  let total = 0n
  for (const lot of lots) total += lot.amount
  return total
}

export function tracedOf(lots: Lots): bigint {
  let traced = 0n
  for (const lot of lots) if (lot.label !== UNTRACED) traced += lot.amount
  return traced
}
