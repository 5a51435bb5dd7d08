import type { DuckDBConnection, DuckDBValue } from "@duckdb/node-api"
import { isRecordHash } from "../../ledger/record-hash.ts"
import type { AccountBlock, Tip } from "../../ports/blocks.ts"
import { Problem } from "../../units/problem.ts"
import { type AccountCounts, accountCounts } from "./account-tables.ts"
import { appendValues } from "./append-rows.ts"
import { BlockBatch } from "./block-batch.ts"
import { MOST_IDS } from "./codes.ts"
import { idsOfNames } from "./name-ids.ts"

/** Where blocks were read from, and when, in unix seconds. */
export interface Provenance {
  readonly from: string
  readonly at: number
}

/** The last block that is stored; null where there is none. */
export async function accountTip(connection: DuckDBConnection): Promise<Tip | null> {
  // Not "order by height desc limit 1": after blocks were deleted DuckDB 1.5.6 finds nothing, or another block.
  const answer = await connection.runAndReadAll(
    "select height, hash from blocks where height = (select max(height) from blocks)",
  )
  const [row] = answer.getRows()
  return row === undefined ? null : { height: Number(row[0]), hash: String(row[1]) }
}

/** The hash of the stored block at a height; null where there is none. */
export async function accountHashAt(connection: DuckDBConnection, height: number): Promise<string | null> {
  const answer = await connection.runAndReadAll("select hash from blocks where height = $1", [height])
  const hash = answer.getRows()[0]?.[0]
  return hash === undefined ? null : String(hash)
}

/**
 * Stores blocks after the last one that is stored; those that are stored already must be the same and are passed over,
 * so that the same range twice changes nothing. Call it inside a transaction, and roll that back where this throws:
 * whole blocks are stored or none.
 *
 * @param blocks a bounded batch, in order of height
 * @returns how much the ledger holds now
 * @throws Problem `ledger-reorganised` where a stored block is another or a block is no child of the last one,
 *   `ledger-link-broken` where heights leave a hole, `exchange-...`, `ledger-full`; Error where rows are no rows
 */
export async function storeAccountBlocks(
  connection: DuckDBConnection,
  blocks: readonly AccountBlock[],
  provenance: Provenance,
): Promise<AccountCounts> {
  const before = await accountCounts(connection)
  const tip = await accountTip(connection)
  const added = tip === null ? blocks : blocks.filter(({ height }) => height > tip.height)
  if (tip !== null) await compareStored(connection, blocks.slice(0, blocks.length - added.length))
  const [first] = added
  if (first === undefined) return before
  checkLinks(added, tip)
  const batch = new BlockBatch(before)
  for (const block of added) batch.add(block)
  if (before.rows + batch.rowCount > MOST_IDS) throw full("rows")
  if (before.transactions + batch.transactionCount > MOST_IDS) throw full("transactions")
  await appendBatch(connection, batch, before.rows)
  await noteProvenance(connection, first.height, added.at(-1)?.height ?? first.height, provenance)
  return accountCounts(connection)
}

function full(what: string): Problem {
  return new Problem("ledger-full", { most: MOST_IDS, what })
}

async function compareStored(connection: DuckDBConnection, blocks: readonly AccountBlock[]): Promise<void> {
  const [first, last] = [blocks[0], blocks.at(-1)]
  if (first === undefined || last === undefined) return
  const answer = await connection.runAndReadAll(
    "select height, hash from blocks where height between $1 and $2",
    [first.height, last.height],
  )
  const stored = new Map(answer.getRows().map(([height, hash]) => [Number(height), String(hash)]))
  for (const { height, hash } of blocks) {
    if (stored.get(height) !== hash) throw new Problem("ledger-reorganised", { height })
  }
}

function checkLinks(blocks: readonly AccountBlock[], tip: Tip | null): void {
  let before = tip
  for (const { height, hash, parent } of blocks) {
    if (before !== null && height !== before.height + 1 && !isRecordHash(hash)) {
      throw new Problem("ledger-link-broken", { what: "blocks missing", at: before.height + 1 })
    }
    if (before !== null && parent !== before.hash) throw new Problem("ledger-reorganised", { height })
    before = { height, hash }
  }
}

async function appendBatch(connection: DuckDBConnection, batch: BlockBatch, firstRow: number): Promise<void> {
  const accounts = await idsOfNames(connection, "accounts", batch.accountNames())
  const assets = await idsOfNames(connection, "assets", [...new Set(batch.asset)])
  const account = (name: string | null): DuckDBValue =>
    name === null ? null : (accounts.get(name) as number)
  await appendValues(connection, "blocks", batch.blocks)
  await appendValues(connection, "transactions", batch.transactions)
  await appendValues(connection, "rows", [
    batch.asset.map((_, at) => firstRow + at),
    batch.tx,
    batch.ref,
    batch.from.map(account),
    batch.to.map(account),
    batch.unrecorded,
    batch.asset.map(name => assets.get(name) as number),
    batch.amount,
    batch.kind,
    batch.exchange,
    batch.grade,
    batch.source,
    batch.originUnknown,
  ])
  await appendValues(connection, "notices", batch.notices)
}

/** One line for a range that was read from one place, however many batches it came in. */
async function noteProvenance(
  connection: DuckDBConnection,
  from: number,
  to: number,
  { from: source, at }: Provenance,
): Promise<void> {
  const known = await connection.runAndReadAll(
    "select count(*) from provenance where to_height = $1 and source = $2",
    [from - 1, source],
  )
  const micros = BigInt(Math.floor(at)) * 1_000_000n
  if (Number(known.getRows()[0]?.[0]) > 0) {
    await connection.run(
      `update provenance set to_height = $1, stored = make_timestamp($2::bigint)
         where to_height = $3 and source = $4`,
      [to, micros, from - 1, source],
    )
    return
  }
  await connection.run("insert into provenance values ($1, $2, $3, make_timestamp($4::bigint))", [
    from,
    to,
    source,
    micros,
  ])
}
