import { shareAbove } from "./exact-share.ts"
import { amountOf, type SweepChain } from "./sweep-chain.ts"

/** What each output of a transaction gets of a layer, and what is left over for the fee. */
export function sharesOf(
  chain: SweepChain,
  tx: number,
  taken: number,
  all: number,
): { readonly first: number; readonly outputs: readonly number[]; readonly rest: number } {
  const first = chain.firstOutput[tx - chain.txFrom] as number
  const end = chain.firstOutput[tx - chain.txFrom + 1] as number
  let left = taken
  let total = all
  const outputs: number[] = []
  for (let output = first; output < end; output++) {
    const amount = amountOf(chain, output)
    const share = left === 0 || amount === 0 ? 0 : shareAbove(left, amount, total)
    outputs.push(share)
    left -= share
    total -= amount
  }
  return { first, outputs, rest: left }
}
