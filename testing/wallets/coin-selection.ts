import { type Coin, DUST } from "./coin.ts"

/**
 * How a wallet picks what it spends. `largest`: as few as possible. `oldest`: in the order of arrival. `exact`: a set that
 * needs no change where there is one, as the branch-and-bound of many wallets looks for; else as few as possible.
 */
export type Selection = "largest" | "oldest" | "exact"

/** A search for an exact sum ends after so many steps. */
const STEPS = 2_000

/** In virtual bytes, of witness inputs and outputs. */
export const sizeOf = (inputs: number, outputs: number): number => 11 + 68 * inputs + 31 * outputs

/** Enough for the target and the fee; null where there is not enough. */
export function selectCoins(
  coins: readonly Coin[],
  how: Selection,
  target: number,
  outputs: number,
  feeRate: number,
): readonly Coin[] | null {
  const due = (inputs: number): number => target + feeRate * sizeOf(inputs, outputs)
  if (how === "exact") {
    const found = exactly(coins, due)
    if (found !== null) return found
  }
  const ordered = how === "oldest" ? coins : [...coins].sort((a, b) => b.value - a.value)
  const picked: Coin[] = []
  let sum = 0
  for (const coin of ordered) {
    picked.push(coin)
    sum += coin.value
    // One more output is the change.
    if (sum >= due(picked.length) + feeRate * 31) return picked
  }
  return null
}

/** Sums that overshoot by less than dust. */
function exactly(coins: readonly Coin[], due: (inputs: number) => number): readonly Coin[] | null {
  const ordered = [...coins].sort((a, b) => b.value - a.value)
  let steps = 0
  const search = (from: number, picked: readonly Coin[], sum: number): readonly Coin[] | null => {
    if (picked.length > 0 && sum >= due(picked.length)) return sum < due(picked.length) + DUST ? picked : null
    for (let at = from; at < ordered.length; at++) {
      steps++
      if (steps > STEPS) return null
      const coin = ordered[at]
      if (coin === undefined || sum + coin.value >= due(picked.length + 1) + DUST) continue
      const found = search(at + 1, [...picked, coin], sum + coin.value)
      if (found !== null) return found
    }
    return null
  }
  return search(0, [], 0)
}
