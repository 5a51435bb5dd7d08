import { type AccountStep, accountPot, receiverOf } from "./account-steps.ts"

/**
 * "An account's unknown balance before the ledger begins is the smallest untraced opening lot [...] that keeps the
 * pot from going below zero over all records supplied, whatever `--to-height` (one pass over balances before the
 * dealing)". Balances move as the dealing moves them: an exchange's debits all before its credits.
 */
export function openingsOf(steps: readonly AccountStep[]): Map<string, bigint> {
  const balances = new Map<string, bigint>()
  const lowest = new Map<string, bigint>()
  const move = (pot: string, change: bigint) => {
    const balance = (balances.get(pot) ?? 0n) + change
    balances.set(pot, balance)
    if (balance < (lowest.get(pot) ?? 0n)) lowest.set(pot, balance)
  }
  for (const { rows } of steps) {
    for (const row of rows) if (row.from !== "") move(accountPot(row.from, row.asset), -row.amount)
    for (const row of rows) {
      const receiver = receiverOf(row)
      if (receiver !== null) move(accountPot(receiver, row.asset), row.amount)
    }
  }
  return new Map([...lowest].map(([pot, balance]) => [pot, -balance]))
}
