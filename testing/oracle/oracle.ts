/**
 * The reference implementation of DESIGN section 2, written from that page alone: the whole ledger from its first
 * record, in order, with every pot's explicit list of lots. Slow and meant to be obviously right; what it shares
 * with `src/` are names of types.
 */
import { sweepAccounts } from "./account-sweep.ts"
import { Books } from "./books.ts"
import { amountOf, type Lot, tracedByTheft, tracedOf } from "./lot.ts"
import type { OracleLedger, OracleOptions, OracleTheft } from "./question.ts"
import type { OracleAnswer, OracleHolding, OracleResult } from "./result.ts"
import { sweepUtxo, UTXO_ASSET } from "./utxo-sweep.ts"

export function oracle(
  ledger: OracleLedger,
  thefts: readonly OracleTheft[],
  options: OracleOptions,
): OracleResult {
  if (options.rule === "tiho" && ledger.shape === "account")
    throw new Error("oracle: tiho is for UTXO chains only")
  const books = new Books(thefts, options)
  let openings = new Map<string, bigint>()
  if (ledger.shape === "utxo") sweepUtxo(ledger, books, options)
  else openings = sweepAccounts(ledger, books, options)
  const answers = new Map<string, OracleAnswer>()
  for (const asset of answeredAssets(ledger, thefts, books)) {
    answers.set(asset, answerOf(asset, books, options.rule !== "poison"))
  }
  return { answers, openings }
}

/** "Only assets of thefts, and what they were exchanged into, are answered." */
function answeredAssets(ledger: OracleLedger, thefts: readonly OracleTheft[], books: Books): Set<string> {
  const refs = new Set(thefts.flatMap(theft => theft.refs))
  const assets = new Set<string>()
  if (ledger.shape === "utxo") assets.add(UTXO_ASSET)
  else for (const row of ledger.rows) if (refs.has(`${row.txid}#${row.n}`)) assets.add(row.asset)
  for (const [asset, { tally }] of books.journals) if (tally.total.exchangedIn > 0n) assets.add(asset)
  return assets
}

function answerOf(asset: string, books: Books, conserving: boolean): OracleAnswer {
  const { tally, arrivals, flows } = books.journal(asset)
  const holdings: OracleHolding[] = []
  const lots = new Map<string, readonly Lot[]>()
  for (const [name, pot] of [...books.pots].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const traced = tracedOf(pot.lots)
    if (pot.asset !== asset || traced === 0n) continue
    tally.add("held", pot.lots)
    lots.set(name, pot.lots)
    holdings.push({ ...pot.place, value: amountOf(pot.lots), traced, byTheft: tracedByTheft(pot.lots) })
  }
  if (conserving) tally.assertIdentity(asset)
  return { total: tally.total, byTheft: tally.byTheft, holdings, arrivals, flows, lots }
}
