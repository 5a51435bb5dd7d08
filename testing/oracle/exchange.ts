import { type AccountStep, accountPot, destinationOf, rowRef } from "./account-steps.ts"
import type { Books } from "./books.ts"
import type { TracedDebit } from "./credit.ts"
import type { Lot } from "./lot.ts"
import type { TransferRow } from "./rows.ts"

interface Side {
  readonly rows: TransferRow[]
  readonly lots: Lot[]
  readonly traced: TracedDebit[]
}

/**
 * "Traced lots given leave A's account as `exchanged`; B's credit is dealt the same labels in proportion [...], both
 * ways. An exchange has exactly two assets [...] and is evaluated whole at its first row, all debits, then all
 * credits." So what is given of one asset, by whichever accounts, labels what is credited of the other, and nothing
 * else: neither an asset's own labels nor its own debits reach its credits.
 */
export function evaluateExchange(step: AccountStep, books: Books): void {
  const sides = new Map<string, Side>()
  for (const row of step.rows) {
    const side = sides.get(row.asset) ?? { rows: [], lots: [], traced: [] }
    sides.set(row.asset, side)
    side.rows.push(row)
    if (row.from === "") continue
    const { lots, traced } = books.debit(accountPot(row.from, row.asset), row.amount)
    side.lots.push(...lots)
    side.traced.push(...traced)
    books.journal(row.asset).tally.add("exchanged", lots)
  }
  const [first, second, ...more] = [...sides.values()]
  if (!first || !second || more.length > 0) throw new Error("oracle: an exchange has exactly two assets")
  const dealt = new Map([...dealtTo(first, second, books), ...dealtTo(second, first, books)])
  for (const row of step.rows) {
    const lots = dealt.get(row) ?? []
    books.journal(row.asset).tally.add("exchangedIn", lots)
    books.receive({
      ref: rowRef(row),
      kind: "exchange",
      tx: row.txid,
      height: step.height,
      asset: row.asset,
      to: destinationOf(row),
      amount: row.amount,
      lots,
      tracedDebits: (sides.get(row.asset) === first ? second : first).traced,
    })
  }
}

function dealtTo(credited: Side, given: Side, books: Books): [TransferRow, Lot[]][] {
  const dealt = books.dealer.convert(
    given.lots,
    credited.rows.map(row => row.amount),
  )
  return credited.rows.map((row, i) => [row, dealt[i] ?? []])
}
