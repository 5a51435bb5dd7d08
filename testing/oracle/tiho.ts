import { amountOf, isTraced, type Lot, lesser, merged, takeFront } from "./lot.ts"

/**
 * "traced lots in pooled order go to the credits from the highest amount down (ties: lower index first), untraced
 * lots fill what remains, the fee last". `rest` is the fee's. A credit's traced lots are dealt first and stand first.
 */
export function dealTiho(pool: readonly Lot[], amounts: readonly bigint[]): { dealt: Lot[][]; rest: Lot[] } {
  let traced = pool.filter(isTraced)
  let clean = pool.filter(lot => !isTraced(lot))
  const dealt: Lot[][] = amounts.map(() => [])
  const highestFirst = amounts.map((amount, index) => ({ amount, index }))
  highestFirst.sort((a, b) => (a.amount === b.amount ? a.index - b.index : a.amount > b.amount ? -1 : 1))
  for (const { amount, index } of highestFirst) {
    const parted = takeFront(traced, lesser(amount, amountOf(traced)))
    traced = parted.left
    dealt[index] = parted.taken
  }
  for (const [index, amount] of amounts.entries()) {
    const already = dealt[index] ?? []
    const parted = takeFront(clean, amount - amountOf(already))
    clean = parted.left
    dealt[index] = merged([...already, ...parted.taken])
  }
  return { dealt, rest: merged([...traced, ...clean]) }
}
