import { bytesOfRows } from "../../chains/bitcoin/word-columns.ts"
import { Problem } from "../../units/problem.ts"
import { segmentsUpTo } from "../utxo-ledger/cut-segments.ts"
import { UtxoSegments } from "../utxo-ledger/utxo-segments.ts"
import { appendColumns } from "./append.ts"
import { commonBlocks } from "./common-blocks.ts"
import type { Database } from "./database.ts"
import { KnownOutputs } from "./known-outputs.ts"
import { openPublished } from "./open-published.ts"
import { streamColumns } from "./stream.ts"
import type { UtxoCounts } from "./utxo-tables.ts"

/** Looking up an input costs as much as joining about so many rows of the ledger's. */
const ROWS_PER_INPUT = 128
/** Of what is stored so large a part may be unpublished: it is read, and held in memory. */
const UNPUBLISHED_SHARE = 16

export interface LookedUp {
  /** Whether an output that is spent now was spent before. */
  readonly isSpentBefore: boolean
}

/**
 * Fills `taken` with what the inputs in `pending` spend, by looking each up in the published columns, so that a block costs
 * what it holds and not what the ledger does; what is not published is read from the tables. The rows are those that a join
 * would find.
 *
 * @param first the ids from which on rows are new
 * @param noteOverwritten is asked for where a coinbase takes an id that there was before
 * @param rowsPerInput below which a join costs less
 * @returns null where a join costs less, or there are no columns to look into
 */
export async function lookUpPending(
  database: Database,
  first: UtxoCounts,
  noteOverwritten: () => Promise<void>,
  rowsPerInput = ROWS_PER_INPUT,
): Promise<LookedUp | null> {
  const row = await database.row("select count(*) from pending")
  if (Number(row?.[0]) * rowsPerInput > first.transactions + first.outputs) return null
  const columns = openPublished(database.folder)
  if (columns === null) return null
  try {
    const ledger = UtxoSegments.of(columns)
    const published = new UtxoSegments(segmentsUpTo(ledger, await commonBlocks(database, ledger)))
    const unpublished = first.outputs - published.counts.outputs
    if (unpublished < 0 || unpublished * UNPUBLISHED_SHARE > first.outputs) return null
    const known = await KnownOutputs.read(database, published)
    if (await takesAnId(database, first, known)) await noteOverwritten()
    return await take(database, known)
  } catch (error) {
    // Columns that are damaged can be made anew; the tables are the truth.
    if (error instanceof Problem && error.code === "ledger-damaged") return null
    throw error
  } finally {
    columns.close()
  }
}

async function takesAnId(database: Database, first: UtxoCounts, known: KnownOutputs): Promise<boolean> {
  let takes = false
  await streamColumns(
    database,
    `select t0, t1, t2, t3, id from transactions t semi join
       (select first_transaction from blocks where height >= ${first.blocks}) b on t.id = b.first_transaction
       where t.id >= ${first.transactions}`,
    (columns, rows) => {
      const txids = bytesOfRows(columns.slice(0, 4) as BigUint64Array[], rows)
      for (let at = 0; at < rows; at++) {
        const id = Number(columns[4]?.[at])
        const all = known.transactions(txids.subarray(32 * at, 32 * at + 32))
        if (all.some(tx => tx.id < id)) takes = true
      }
    },
  )
  return takes
}

interface Spending {
  readonly id: number
  readonly tx: number
  readonly spent: number
}

async function take(database: Database, known: KnownOutputs): Promise<LookedUp> {
  // In the order of the outputs, so that each chunk of a column is read once.
  const taken = (await spendings(database, known)).sort((a, b) => a.spent - b.spent)
  const spent = Uint32Array.from(taken, one => one.spent)
  const values = BigInt64Array.from(taken, one => known.valueOf(one.spent))
  const kinds = Uint8Array.from(taken, one => known.kindOf(one.spent))
  const { UINTEGER, BIGINT, UTINYINT } = await import("@duckdb/node-api")
  await database.run(
    "create or replace temp table taken (id uinteger, tx uinteger, spent uinteger, value bigint, kind utinyint)",
  )
  const columns = [
    Uint32Array.from(taken, one => one.id),
    Uint32Array.from(taken, one => one.tx),
    spent,
    values,
    kinds,
  ]
  const types = [UINTEGER, UINTEGER, UINTEGER, BIGINT, UTINYINT]
  await appendColumns(database.connection, "taken", types, columns, taken.length)
  return { isSpentBefore: spent.some(output => known.isSpent(output)) }
}

/** What each input in `pending` spends; nothing where there is no such output, or it comes later. */
async function spendings(database: Database, known: KnownOutputs): Promise<Spending[]> {
  const overwritten = await database.rows("select tx, later from overwritten")
  const laterOf = new Map(overwritten.map(([tx, later]) => [Number(tx), Number(later)]))
  const pending: { id: number; tx: number; vout: number; txid: Uint8Array }[] = []
  await streamColumns(
    database,
    "select t0, t1, t2, t3, id, tx, vout from pending",
    ([a, b, c, d, ids, txs, vouts], rows) => {
      const txids = bytesOfRows([a, b, c, d] as BigUint64Array[], rows)
      for (let at = 0; at < rows; at++) {
        const txid = txids.subarray(32 * at, 32 * at + 32)
        pending.push({ id: Number(ids?.[at]), tx: Number(txs?.[at]), vout: Number(vouts?.[at]), txid })
      }
    },
  )
  known.lookUp(pending.map(({ txid }) => txid))
  return pending.flatMap(({ id, tx, vout, txid }) =>
    known
      .transactions(txid)
      .filter(made => made.id < tx && vout < made.outputs && (laterOf.get(made.id) ?? tx) >= tx)
      .map(made => ({ id, tx, spent: made.firstOutput + vout })),
  )
}
