import type { FollowedSum } from "../contracts/follow.ts"
import type { Move } from "../ports/block-moves.ts"

/** What moved of each theft under each rule, asset by asset. */
export function sumsOf(debits: readonly Move[], credits: readonly Move[]): FollowedSum[] {
  const sums = new Map<
    string,
    { rule: string; theft: string; asset: string; spent: bigint; received: bigint }
  >()
  for (const [side, moves] of [
    ["spent", debits],
    ["received", credits],
  ] as const) {
    for (const { asset, traced } of moves) {
      for (const { rule, theft, amount } of traced) {
        const key = JSON.stringify([rule, theft, asset])
        const sum = sums.get(key) ?? { rule, theft, asset, spent: 0n, received: 0n }
        sum[side] += amount
        sums.set(key, sum)
      }
    }
  }
  return [...sums.values()].map(({ spent, received, ...named }) => ({
    ...named,
    spent: `${spent}`,
    received: `${received}`,
  }))
}
