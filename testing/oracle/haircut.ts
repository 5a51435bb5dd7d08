import { amountOf, type Lot, merged, type Parted } from "./lot.ts"

/**
 * "With remaining amounts R_l, remaining total T and a credit of c, label l gets floor(P_l*c/T) -
 * floor(P_(l-1)*c/T), P the running sum of R by number; [...] nothing when T is 0." `table` is in label-number order.
 * Nothing here needs c <= T: an exchange deals a credit of one asset over amounts of another.
 */
export function share(table: readonly Lot[], credit: bigint): Lot[] {
  const total = amountOf(table)
  if (total === 0n) return []
  const shares: Lot[] = []
  let running = 0n
  for (const { label, amount } of table) {
    const before = (running * credit) / total
    running += amount
    shares.push({ label, amount: (running * credit) / total - before })
  }
  return merged(shares)
}

/** "subtract, go on". */
export function takeShare(table: readonly Lot[], amount: bigint): Parted {
  const total = amountOf(table)
  if (amount > total) throw new Error(`oracle: ${amount} of ${total} taken`)
  const taken: Lot[] = []
  const left: Lot[] = []
  let running = 0n
  for (const lot of table) {
    const before = (running * amount) / total
    running += lot.amount
    const part = (running * amount) / total - before
    taken.push({ label: lot.label, amount: part })
    left.push({ label: lot.label, amount: lot.amount - part })
  }
  return { taken: merged(taken), left: merged(left) }
}
