import type { FollowedSum } from "../contracts/follow.ts"
import type { Move } from "../ports/block-moves.ts"

/** What moved of each theft under each rule. */
export function sumsOf(debits: readonly Move[], credits: readonly Move[]): FollowedSum[] {
  const sums = new Map<string, { rule: string; theft: string; spent: bigint; received: bigint }>()
  for (const [side, moves] of [
    ["spent", debits],
    ["received", credits],
  ] as const) {
    for (const { rule, theft, amount } of moves.flatMap(({ traced }) => traced)) {
      const key = `${rule} ${theft}`
      const sum = sums.get(key) ?? { rule, theft, spent: 0n, received: 0n }
      sum[side] += amount
      sums.set(key, sum)
    }
  }
  return [...sums.values()].map(({ spent, received, ...named }) => ({
    ...named,
    spent: `${spent}`,
    received: `${received}`,
  }))
}
