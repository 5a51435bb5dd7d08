import type { BlockColumns } from "../../chains/bitcoin/block-columns.ts"
import { appendColumns, appendRows } from "./append.ts"
import type { Database } from "./database.ts"
import type { RecentOutputs } from "./recent-outputs.ts"
import { resolveInputs } from "./resolve-inputs.ts"
import type { UtxoCounts } from "./utxo-tables.ts"

/** The id of the first row of each table. */
export type FirstIds = UtxoCounts

/** Genesis is in no node's set of unspent outputs: its coinbase cannot be spent, whatever its script says. */
const GENESIS = 0
const BURNED = 0

/**
 * Writes blocks into the tables. Inputs that spend what is recent are looked up at once; what the others spend is still to
 * be looked up, in `pending`.
 *
 * @returns by block, the fees of the transactions that were looked up
 * @throws Problem as `resolveInputs`
 */
export async function appendBlocks(
  database: Database,
  columns: BlockColumns,
  first: FirstIds,
  recent: RecentOutputs,
): Promise<readonly bigint[]> {
  const { INTEGER, UINTEGER, UBIGINT, BIGINT, UTINYINT } = await import("@duckdb/node-api")
  const { connection } = database
  const { blocks, transactions, outputs, firstHeight } = columns
  const words = [UBIGINT, UBIGINT, UBIGINT, UBIGINT]
  const blockCount = blocks.time.length
  const transactionCount = transactions.outputs.length
  const outputCount = outputs.value.length
  const kinds = firstHeight === GENESIS ? withGenesisBurned(columns) : outputs.kind
  const { found, pending, fees } = resolveInputs(columns, kinds, first, recent)

  await appendColumns(
    connection,
    "blocks",
    [UINTEGER, ...words, ...words, ...words, UINTEGER, INTEGER, UINTEGER, UINTEGER, UINTEGER],
    [
      ids(firstHeight, blockCount),
      ...blocks.hash,
      ...blocks.parent,
      ...blocks.merkleRoot,
      blocks.time,
      blocks.version,
      blocks.bits,
      blocks.nonce,
      runningSum(blocks.transactions, first.transactions),
    ],
    blockCount,
  )
  await appendColumns(
    connection,
    "transactions",
    [UINTEGER, UINTEGER, ...words, UINTEGER, UINTEGER, UINTEGER, UINTEGER],
    [
      ids(first.transactions, transactionCount),
      belongingTo(blocks.transactions, firstHeight, transactionCount),
      ...transactions.txid,
      runningSum(transactions.outputs, first.outputs),
      transactions.outputs,
      runningSum(transactions.inputs, first.inputs),
      transactions.inputs,
    ],
    transactionCount,
  )
  await appendColumns(
    connection,
    "outputs",
    [UINTEGER, UINTEGER, BIGINT, UTINYINT, ...words],
    [
      ids(first.outputs, outputCount),
      belongingTo(transactions.outputs, first.transactions, outputCount),
      outputs.value,
      kinds,
      ...outputs.owner,
    ],
    outputCount,
  )
  await appendColumns(
    connection,
    "inputs",
    [UINTEGER, UINTEGER, UINTEGER],
    [found.id, found.tx, found.spent],
    found.id.length,
  )
  await appendColumns(
    connection,
    "pending",
    [UINTEGER, UINTEGER, ...words, UINTEGER],
    [pending.id, pending.tx, ...pending.txid, pending.vout],
    pending.id.length,
  )
  if (columns.names.length > 0) await keepNames(database, columns)
  return fees
}

function ids(from: number, count: number): Uint32Array {
  const all = new Uint32Array(count)
  for (let at = 0; at < count; at++) all[at] = from + at
  return all
}

/** Where each of consecutive runs begins. */
function runningSum(counts: Uint32Array, from: number): Uint32Array {
  const starts = new Uint32Array(counts.length)
  let at = from
  for (let row = 0; row < counts.length; row++) {
    starts[row] = at
    at += counts[row] as number
  }
  return starts
}

/** For each of `total` rows, in runs of these lengths, what its run belongs to: numbered from `first` on. */
function belongingTo(counts: Uint32Array, first: number, total: number): Uint32Array {
  const of = new Uint32Array(total)
  let at = 0
  for (let row = 0; row < counts.length; row++) {
    const end = at + (counts[row] as number)
    while (at < end) of[at++] = first + row
  }
  return of
}

function withGenesisBurned({ outputs, transactions }: BlockColumns): Uint8Array {
  return outputs.kind.slice().fill(BURNED, 0, transactions.outputs[0])
}

/** Names that no key can be turned back into. One that is met again is kept again; whoever reads takes each once. */
function keepNames({ connection }: Database, { names, outputs }: BlockColumns): Promise<void> {
  return appendRows(connection, "owner_names", appender => {
    for (const { output, name } of names) {
      for (const column of outputs.owner) appender.appendUBigInt(column[output] ?? 0n)
      appender.appendVarchar(name)
      appender.endRow()
    }
  })
}
