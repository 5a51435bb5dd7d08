import type { Books } from "./books.ts"
import type { Credit, TracedDebit } from "./credit.ts"
import { amountOf, type Lot, tracedOf, untraced } from "./lot.ts"
import type { OracleOptions, UtxoLedger } from "./question.ts"
import type { OutputRow } from "./rows.ts"
import { blocksOf, type UtxoTx } from "./utxo-blocks.ts"

/** A UTXO ledger has one asset, and its files do not name it. */
export const UTXO_ASSET = "coin"

interface Fee {
  readonly lots: readonly Lot[]
  readonly traced: readonly TracedDebit[]
}

export function sweepUtxo(ledger: UtxoLedger, books: Books, options: OracleOptions): void {
  for (const block of blocksOf(ledger)) {
    if (options.toHeight !== null && block.height > options.toHeight) break
    // "A block without coinbase keeps its fees in `fees`."
    const follow = options.fees === "follow" && block.coinbase !== null
    const fees: Fee[] = []
    for (const tx of block.others) {
      const fee = evaluate(tx, books)
      if (follow) fees.push(fee)
      else if (amountOf(fee.lots) > 0n) books.receive(goneCredit(tx, "fee", "fees", fee))
    }
    if (block.coinbase) evaluateCoinbase(block.coinbase, fees, books)
  }
}

/** Enters the credits of a transaction and returns its fee: "Debits above credits [...] are its fee". */
function evaluate(tx: UtxoTx, books: Books): Fee {
  const debits = tx.inputs.map(input => books.drain(`${input.spent_txid}:${input.spent_vout}`))
  const traced = debits.flatMap(debit => debit.traced)
  const pool = debits.flatMap(debit => debit.lots)
  // "a transaction without inputs issues": exactly what it credits, untraced.
  if (tx.inputs.length === 0) pool.push(...untraced(creditedBy(tx.outputs)))
  const kind = tx.inputs.length === 0 ? "issue" : "transfer"
  return { lots: enter(tx, kind, pool, traced, books), traced }
}

/**
 * "A block's coinbase is evaluated last in its block, debits: subsidy, then the fees in transaction order; what it
 * does not claim is burned." Under `drop` no fee comes here and all it credits is subsidy. A fee is no pot: a
 * coinbase output is as far from the theft as any other output of what paid the fee.
 */
function evaluateCoinbase(tx: UtxoTx, fees: readonly Fee[], books: Books): void {
  const paid = fees.reduce((sum, fee) => sum + amountOf(fee.lots), 0n)
  const claimed = creditedBy(tx.outputs)
  // "where the subsidy is not known it is what the outputs exceed the fees by"
  const subsidy = claimed > paid ? claimed - paid : 0n
  const traced = fees.filter(fee => tracedOf(fee.lots) > 0n).flatMap(fee => fee.traced)
  const pool = [...untraced(subsidy), ...fees.flatMap(fee => fee.lots)]
  const unclaimed = enter(tx, "reward", pool, traced, books)
  if (amountOf(unclaimed) > 0n) books.receive(goneCredit(tx, "burn", "burned", { lots: unclaimed, traced }))
}

/** Deals a pool to the outputs, enters them in their order, and returns what is left. */
function enter(
  tx: UtxoTx,
  kind: Credit["kind"],
  pool: readonly Lot[],
  tracedDebits: readonly TracedDebit[],
  books: Books,
): Lot[] {
  const { dealt, rest } = books.dealer.deal(
    pool,
    tx.outputs.map(output => output.value),
  )
  for (const [i, { vout, address, value }] of tx.outputs.entries()) {
    const pot = `${tx.txid}:${vout}`
    const credit = { ref: pot, kind, tx: tx.txid, height: tx.height, asset: UTXO_ASSET, tracedDebits }
    books.receive({ ...credit, to: { pot, address }, amount: value, lots: dealt[i] ?? [] })
  }
  return rest
}

function goneCredit(tx: UtxoTx, kind: "fee" | "burn", to: "fees" | "burned", fee: Fee): Credit {
  const where = { ref: null, kind, tx: tx.txid, height: tx.height, asset: UTXO_ASSET, to }
  return { ...where, amount: amountOf(fee.lots), lots: fee.lots, tracedDebits: fee.traced }
}

const creditedBy = (outputs: readonly OutputRow[]): bigint =>
  outputs.reduce((sum, { value }) => sum + value, 0n)
