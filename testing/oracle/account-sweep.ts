import type { FlowKind } from "../../src/contracts/trace.ts"
import { type AccountStep, accountPot, destinationOf, rowRef, stepsOf, UNRECORDED } from "./account-steps.ts"
import type { Books } from "./books.ts"
import type { Credit } from "./credit.ts"
import { evaluateExchange } from "./exchange.ts"
import { untraced } from "./lot.ts"
import { openingsOf } from "./openings.ts"
import type { AccountLedger, OracleOptions } from "./question.ts"
import type { TransferRow } from "./rows.ts"

/** Returns the openings, which stand "first in the queue". */
export function sweepAccounts(
  ledger: AccountLedger,
  books: Books,
  options: OracleOptions,
): Map<string, bigint> {
  const steps = stepsOf(ledger.rows)
  const openings = openingsOf(steps)
  for (const row of ledger.rows) {
    for (const address of [row.from, row.to]) {
      const pot = accountPot(address, row.asset)
      const opening = openings.get(pot)
      if (opening === undefined || books.pots.has(pot)) continue
      books.deposit({ pot, address }, row.asset, untraced(opening), null)
    }
  }
  for (const step of steps) {
    if (options.toHeight !== null && step.height !== null && step.height > options.toHeight) break
    if (step.exchange) evaluateExchange(step, books)
    else for (const row of step.rows) evaluate(row, step, books, options)
  }
  return openings
}

/** "a sequence of one-to-one steps": one debit, or none for an issue, and one credit. */
function evaluate(row: TransferRow, step: AccountStep, books: Books, options: OracleOptions): void {
  const { lots, traced } =
    row.from === ""
      ? { lots: untraced(row.amount), traced: [] }
      : books.debit(accountPot(row.from, row.asset), row.amount)
  const credit: Credit = {
    ref: rowRef(row),
    kind: kindOf(row),
    tx: row.txid,
    height: step.height,
    asset: row.asset,
    to: destinationOf(row),
    amount: row.amount,
    lots,
    tracedDebits: traced,
  }
  if (row.kind !== "fee" || options.fees === "follow") {
    books.receive(credit)
    return
  }
  // "a row of kind `fee` goes to `fees` under `drop` (its receiver, if any, gets it untraced)": with a receiver,
  // the receiver's is the credit that a theft can name; without one it is the fee itself.
  const received = typeof credit.to !== "string"
  books.receive({ ...credit, to: "fees", ref: received ? null : credit.ref })
  if (received) books.receive({ ...credit, lots: untraced(row.amount), tracedDebits: [] })
}

function kindOf(row: TransferRow): FlowKind {
  if (row.kind === "fee" || row.kind === "reward") return row.kind
  if (row.to === UNRECORDED) return "unrecorded"
  if (row.to === "") return "burn"
  return row.from === "" ? "issue" : "transfer"
}
