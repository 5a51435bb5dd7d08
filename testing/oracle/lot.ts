/** Theft ids, first theft first; empty is untraced. */
export type Label = readonly string[]

/** DESIGN section 1: "(amount > 0, label); neighbouring lots with equal labels are one lot". */
export interface Lot {
  readonly label: Label
  readonly amount: bigint
}

export const sameLabel = (a: Label, b: Label): boolean =>
  a.length === b.length && a.every((id, i) => id === b[i])

export const isTraced = (lot: Lot): boolean => lot.label.length > 0

export function amountOf(lots: readonly Lot[]): bigint {
  let sum = 0n
  for (const lot of lots) sum += lot.amount
  return sum
}

export const tracedOf = (lots: readonly Lot[]): bigint => amountOf(lots.filter(isTraced))

export function tracedByTheft(lots: readonly Lot[]): Map<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const lot of lots) for (const id of lot.label) sums.set(id, (sums.get(id) ?? 0n) + lot.amount)
  return sums
}

/** The amount as lots of no theft; nothing is no lot. */
export const untraced = (amount: bigint): Lot[] => merged([{ label: [], amount }])

/** Drops empty lots and makes one of equal neighbours. */
export function merged(lots: readonly Lot[]): Lot[] {
  const result: Lot[] = []
  for (const lot of lots) {
    if (lot.amount === 0n) continue
    const last = result.at(-1)
    if (last && sameLabel(last.label, lot.label)) {
      result[result.length - 1] = { label: last.label, amount: last.amount + lot.amount }
    } else result.push(lot)
  }
  return result
}

export const lesser = (a: bigint, b: bigint): bigint => {
  if (a < b) return a
  return b
}

export interface Parted {
  readonly taken: Lot[]
  readonly left: Lot[]
}

export function takeFront(lots: readonly Lot[], amount: bigint): Parted {
  const taken: Lot[] = []
  const left: Lot[] = []
  let wanted = amount
  for (const lot of lots) {
    const part = lesser(lot.amount, wanted)
    taken.push({ label: lot.label, amount: part })
    left.push({ label: lot.label, amount: lot.amount - part })
    wanted -= part
  }
  if (wanted !== 0n) throw new Error(`oracle: ${wanted} more taken than there is`)
  return { taken: merged(taken), left: merged(left) }
}

/**
 * The last unit goes first. "a credit's lots stand in the order dealt", so what is taken stands back to front;
 * what is left keeps its order.
 */
export function takeBack(lots: readonly Lot[], amount: bigint): Parted {
  const { taken, left } = takeFront([...lots].reverse(), amount)
  return { taken, left: left.reverse() }
}
